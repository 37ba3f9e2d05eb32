from inventory.analysis import urls as analysis
from inventory.initiatives import urls as initiatives
from inventory.waves import urls as waves

urlpatterns = [*analysis.urlpatterns, *waves.urlpatterns, *initiatives.urlpatterns]
