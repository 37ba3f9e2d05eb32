from django.urls import URLPattern, path

from programmes.cohorts.views import cohorts, letters, notices, programmes, public, settings

_PROGRAMME = "o/<slug:organisation>/<slug:programme>/"
_COHORT = _PROGRAMME + "<slug:cohort>/"

# Fixed words before slugs: domain/slugs.py keeps programmes and cohorts from taking them.
urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("programmes/", public.directory, name="programmes-directory"),
    path("programmes/<slug:organisation>/privacy/", notices.organisation_privacy, name="organisation-privacy"),
    path("programmes/<slug:organisation>/<slug:programme>/", public.programme_page, name="programme-page"),
    path("privacy/", notices.privacy, name="privacy"),
    path("conduct/", notices.conduct, name="conduct"),
    path("help/", notices.site_help, name="help"),
    path("o/<slug:organisation>/programmes/new/", programmes.programme_new, name="programme-new"),
    path(_PROGRAMME, programmes.programme_overview, name="programme-overview"),
    path(_PROGRAMME + "edit/", programmes.programme_edit, name="programme-edit"),
    path(_PROGRAMME + "new/", cohorts.cohort_new, name="cohort-new"),
    path(_COHORT, cohorts.cohort_overview, name="cohort-overview"),
    path(_COHORT + "settings/", settings.cohort_settings, name="cohort-settings"),
    path(_COHORT + "open/", cohorts.cohort_open, name="cohort-open"),
    path(_COHORT + "phase/", cohorts.cohort_move, name="cohort-move"),
    path(_COHORT + "deadline/", cohorts.cohort_extend, name="cohort-extend"),
    path(_COHORT + "letters/", letters.letters_list, name="letters-list"),
    path(_COHORT + "letters/<slug:kind>/", letters.letter_edit, name="letter-edit"),
    path(_COHORT + "letters/<slug:kind>/standard/", letters.letter_reset, name="letter-reset"),
]
