"""The inventory is about organisations. Whoever answers for one is named in its sheet, for IWiM alone."""

NOT_PERSONAL = {
    "inventory.Initiative": "What an organisation does.",
    "inventory.Record": "What an organisation tells; who looked at it is in the list of deeds.",
    "inventory.Edition": "Numbers of an initiative.",
    "inventory.Inquiry": "What IWiM asks an organisation, and its reply.",
    "inventory.Statement": "What an organisation said.",
    "inventory.Wave": "The survey of one year.",
    "inventory.WaveResponse": "An organisation's answers in one wave, and its contact for them.",
    "inventory.ResponseEntry": "Which records belong to a wave.",
    "inventory.WaveLetter": "When an organisation was written to.",
}
