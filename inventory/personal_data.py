"""The inventory is about organisations."""

NOT_PERSONAL = {
    "inventory.Initiative": "What an organisation does; who looked at it is in the list of deeds.",
    "inventory.Edition": "Numbers of an initiative.",
    "inventory.Statement": "What an organisation said.",
}
