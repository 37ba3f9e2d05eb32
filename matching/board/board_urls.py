from django.urls import path

from matching.board.views import board, prices

COHORT = "o/<slug:organisation>/<slug:programme>/<slug:cohort>/"

urlpatterns = [
    path(f"{COHORT}board/", board.show_board, name="board"),
    path(f"{COHORT}board/price/", prices.show_price, name="board-price"),
    path(f"{COHORT}board/lock/", board.lock, name="board-lock"),
    path(f"{COHORT}board/forbid/", board.forbid, name="board-forbid"),
    path(f"{COHORT}board/pair/", board.pair, name="board-pair"),
    path(f"{COHORT}board/release/", board.release, name="board-release"),
    path(f"{COHORT}board/undo/", board.undo, name="board-undo"),
]
