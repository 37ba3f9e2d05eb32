"""What was told about an initiative becomes its first record. Reads the rows one by one: there are few, and it can be
run again after it was stopped."""

from django.db import migrations

STATES = ("unknown", "not_applicable", "declined")


def given(value, state, words=""):
    answer = {"words": words} if words else {}
    if value not in (None, "", (), []):
        return {**answer, "value": value}
    if state in STATES:
        return {**answer, "state": state}
    return answer


def answers_of(initiative):
    target, target_state = initiative.mentor_target, initiative.mentor_target_state
    if target == "unknown":  # a state, no target
        target, target_state = "", "unknown"
    start = {"start": initiative.starts} if initiative.starts else None
    found = {
        "B1": given(initiative.name, ""),
        "B2": given(list(initiative.kinds), initiative.kinds_state),
        "B3": given(initiative.status, initiative.status_state),
        "B5": given(initiative.purpose, ""),
        "B7": given(start, "", initiative.starts_precision),
        "B8": given(initiative.reach, ""),
        "C1": given(list(initiative.scope), initiative.scope_state, initiative.scope_words),
        "C6": given(target, target_state),
        "E1": given(list(initiative.matching_methods), initiative.matching_state, initiative.matching_words),
        "J2": given(None, "", initiative.challenges),
    }
    return {code: answer for code, answer in found.items() if answer}


def figures_of(edition):
    total = None if edition.mentor_count is None else {"total": edition.mentor_count}
    months = None if edition.months is None else float(edition.months)
    found = {
        "D5": given(edition.mentee_count, edition.mentee_count_state),
        "D6": given(total, edition.mentor_count_state),
        "D7": given(edition.pair_count, edition.pair_count_state),
        "F1": given(months, edition.months_state),
    }
    return {code: answer for code, answer in found.items() if answer}


def move(apps, schema_editor):
    Initiative, Record = apps.get_model("inventory", "Initiative"), apps.get_model("inventory", "Record")
    Edition, Inquiry = apps.get_model("inventory", "Edition"), apps.get_model("inventory", "Inquiry")
    for initiative in Initiative.objects.filter(records__isnull=True).order_by("pk").iterator():
        record = Record.objects.create(
            organisation_id=initiative.organisation_id,
            initiative=initiative,
            version=initiative.version,
            answers=answers_of(initiative),
            name=initiative.name,
            name_folded=initiative.name_folded,
            kinds=initiative.kinds,
            status=initiative.status,
            scope=initiative.scope,
            matching_methods=initiative.matching_methods,
            mentor_target="" if initiative.mentor_target == "unknown" else initiative.mentor_target,
            evidence=initiative.evidence,
            remarks=initiative.remarks,
            source=initiative.source,
            as_of=initiative.as_of,
            review=initiative.review,
            reviewed_by_id=initiative.reviewed_by_id,
            published_at=initiative.published_at,
            is_current=initiative.review == "published",
        )
        Record.objects.filter(pk=record.pk).update(
            created_at=initiative.created_at, changed_at=initiative.changed_at
        )
        if initiative.review_note:
            Inquiry.objects.create(
                record=record,
                text=initiative.review_note,
                asked_by_id=initiative.reviewed_by_id,
                # What was sent again or published since is no open question.
                settled_at=None if initiative.review == "returned" else initiative.changed_at,
            )
        for edition in Edition.objects.filter(initiative=initiative).order_by("pk"):
            Edition.objects.filter(pk=edition.pk).update(record=record, answers=figures_of(edition))


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0003_keep_records'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
