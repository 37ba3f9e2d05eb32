from django.db import models


class QuestionnaireVersion(models.Model):
    """Questions beside the core columns, frozen once used. Answers are keyed by stable question codes.

    `questions` is a list of {"code", "kind": text|long_text|choice|choices|yes_no, "label": {language: text},
    "help": {language: text}, "required": bool, "choices": [{"code", "label": {language: text}}], "max_length": int,
    "step": one of the form's steps, "who_sees": coordinators|pair}.
    """

    tenancy_path = "organisation_id"

    # 0: a blueprint that every organisation may use.
    organisation_id = models.BigIntegerField(default=0, db_index=True)
    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=1)
    questions = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "key", "number"], name="questionnaire_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
