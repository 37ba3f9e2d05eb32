from matching.board import urls as board
from matching.runs import urls as runs

urlpatterns = [*runs.urlpatterns, *board.urlpatterns]
