from inventory.initiatives import urls as initiatives
from inventory.waves import urls as waves

urlpatterns = [*waves.urlpatterns, *initiatives.urlpatterns]
