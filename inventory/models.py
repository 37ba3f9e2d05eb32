from inventory.initiatives.models import Edition, Initiative, Statement

__all__ = ["Edition", "Initiative", "Statement"]
