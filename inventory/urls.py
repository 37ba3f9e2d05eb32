from inventory.initiatives import urls as initiatives

urlpatterns = [*initiatives.urlpatterns]
