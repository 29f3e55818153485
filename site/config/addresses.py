"""Every address of the site and who may ask for it: the table that the site enforces, docs print and tests try.

A row names an address as Django's resolver writes it. A row that ends in `*` covers what Wagtail and other packages put
under it; an address of our own always has a row of its own. The more exact row wins. An address without a row is
refused to everybody and fails the build. To add an address: add its row here, then `python manage.py write_roles`.
"""

from accounts.roles import Capability
from config.access import Level, Row, Table

EDIT, REVIEW, KEY = Capability.EDIT_CONTENT, Capability.REVIEW, Capability.KEY_REPLIES
SAFEGUARD, EVIDENCE, CODE = Capability.SAFEGUARD, Capability.READ_EVIDENCE, Capability.CODE
PEOPLE = Capability.MANAGE_ACCOUNTS
PERSON_ACT = "staff/people/(?P<user_id>[0-9a-f-]{36})/(?P<what>invite-again|report-lost|confirm-lost|leave)/$"
REPORTS, RELEASE = Capability.READ_REPORTS, Capability.RELEASE
CODEBOOK = (Capability.EDIT_CODEBOOK, Capability.PUBLISH_CODEBOOK)
EDIT_CODEBOOK, TOPICS, TEACH = Capability.EDIT_CODEBOOK, Capability.DECIDE_TOPICS, Capability.TEACH
PUBLIC, WORDS, SIGNED_IN, ADMIN, NOBODY = Level
SURVEY, EQUALITY, LISTED = (
    f"admin/snippets/surveys/{model}/" for model in ("survey", "equalityquestion", "listedoption")
)

TABLE = Table(
    {
        "What anybody may read": (
            Row(r"^((?:[\w\-]+/)*)$", PUBLIC, "Published pages"),
            Row("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", PUBLIC),
            Row("_util/login/", PUBLIC, "Leads to our own sign-in"),
            Row("kept/", PUBLIC, "What we will know about you"),
            Row("leave", PUBLIC, "The quick exit"),
            Row("alive", PUBLIC, "For a monitor: whether anything answers"),
            Row("metrics", PUBLIC, "For who holds the token; without one there is no such page"),
        ),
        "Answering": (
            Row("form/", WORDS, "The journey; with return words also what became of an answer"),
            Row("form/files/<str:name>", PUBLIC, "Pictures and films of the open surveys"),
        ),
        "Signing in": (
            Row("staff/", SIGNED_IN, "What one's own roles open"),
            Row("staff/sign-in/", PUBLIC),
            Row("staff/second-factor/", PUBLIC, "After the password"),
            Row("staff/passkey/", PUBLIC, "Instead of the password"),
            Row("staff/enrol/", SIGNED_IN, "The first second factor"),
            Row("staff/time-left/", SIGNED_IN),
            Row("staff/stay/", SIGNED_IN),
            Row("staff/security/app/", SIGNED_IN, "One's own second factors"),
            Row("staff/security/keys/add/", SIGNED_IN, "One's own second factors"),
            Row("staff/security/keys/<int:pk>/remove/", SIGNED_IN, "One's own second factors"),
            Row("staff/invitation/<str:secret>/", PUBLIC, "For who holds the secret, once"),
            Row("staff/people/", PEOPLE),
            Row("staff/people/invite/", PEOPLE),
            Row("staff/people/<uuid:user_id>/", PEOPLE),
            Row("staff/people/<uuid:user_id>/roles/", PEOPLE),
            Row(PERSON_ACT, PEOPLE, "Inviting again, a lost device, leaving"),
            Row("staff/security/*", SIGNED_IN, "One's own second factors and password"),
            Row("staff/sign-out/", PUBLIC, "Ends a session if there is one"),
            Row("admin/login/", PUBLIC, "Leads to our own sign-in"),
            Row("admin/logout/", ADMIN),
            Row("staff/health/", Capability.WATCH_HEALTH),
            Row("admin/password_reset/*", NOBODY, "Switched off: an administrator lets a person in again"),
        ),
        "Theme reports": (
            Row("reports/", REPORTS),
            Row("reports/quality/", REPORTS),
            Row(
                "reports/<uuid:release_id>/",
                REPORTS,
                "The quotes in it only for those who may also read reviewed words",
            ),
            Row("reports/<uuid:release_id>/figures.csv", REPORTS),
            Row("reports/new/", RELEASE),
            Row("reports/searches/", Capability.READ_SEARCHES, "Who searched for what, and why"),
        ),
        "Reading what came in": (
            Row("admin/review/", REVIEW),
            Row("admin/review/results/", REVIEW),
            Row("admin/review/break/", (REVIEW, SAFEGUARD)),
            Row("admin/review/<uuid:pk>/", REVIEW),
            Row("admin/review/<uuid:pk>/open/", REVIEW),
            Row("admin/review/<uuid:pk>/decide/", REVIEW),
            Row("admin/safeguarding/", SAFEGUARD),
            Row("admin/safeguarding/<uuid:pk>/", SAFEGUARD, "Only what triage marked"),
            Row("admin/safeguarding/<uuid:pk>/open/<uuid:text_pk>/", SAFEGUARD, "Only what triage marked"),
            Row("admin/safeguarding/<uuid:pk>/record/", SAFEGUARD),
            Row("admin/keying/", KEY),
            Row("admin/keying/<slug:code>/", KEY),
            Row("admin/keying/<slug:code>/about-you/", KEY),
        ),
        "Understanding": (
            Row("admin/evidence/", EVIDENCE),
            Row("admin/passages/", Capability.SEARCH),
            Row("admin/passages/<uuid:pk>/", Capability.SEARCH, "One's own searches only"),
            Row("admin/passages/<uuid:pk>/like/<uuid:passage>/", Capability.SEARCH, "One's own searches only"),
            Row("admin/runs/", EVIDENCE),
            Row("admin/coding/", CODE),
            Row("admin/coding/next/", CODE),
            Row("admin/coding/break/", CODE),
            Row("admin/coding/differences/", CODE),
            Row("admin/coding/differences/<uuid:pk>/<int:start>/", CODE),
            Row("admin/coding/<uuid:pk>/take-back/", CODE, "One's own only"),
            Row("admin/coding/<uuid:pk>/<int:start>/", CODE),
            Row("admin/codebook/", CODEBOOK),
            Row("admin/codebook/begin/", EDIT_CODEBOOK),
            Row("admin/codebook/discard/", EDIT_CODEBOOK),
            Row("admin/codebook/theme/", EDIT_CODEBOOK),
            Row("admin/codebook/theme/<slug:slug>/", EDIT_CODEBOOK),
            Row("admin/codebook/merge/", EDIT_CODEBOOK),
            Row("admin/codebook/split/", EDIT_CODEBOOK),
            Row("admin/codebook/import/", EDIT_CODEBOOK),
            Row("admin/codebook/compare/", CODEBOOK),
            Row("admin/codebook/export/<slug:which>/", CODEBOOK),
            Row("admin/learning/", TEACH),
            Row("admin/learning/learn/", TEACH),
            Row("admin/learning/go-back/", TEACH),
            Row("admin/topics/", EVIDENCE),
            Row("admin/topics/<uuid:pk>/", EVIDENCE),
            Row("admin/topics/alert/<uuid:pk>/", TOPICS),
            Row("admin/topics/look/", TOPICS),
            Row("admin/topics/<uuid:pk>/promote/", TOPICS),
            Row("admin/topics/<uuid:pk>/merge/", TOPICS),
            Row("admin/topics/<uuid:pk>/dismiss/", TOPICS),
        ),
        "Surveys, pages and the directory": (
            Row(SURVEY, EDIT),
            Row(f"{SURVEY}results/", EDIT),
            Row(f"{SURVEY}start/", EDIT),
            Row(f"{SURVEY}edit/<uuid:pk>/", EDIT),
            Row(f"{SURVEY}workflow/action/<uuid:pk>/<slug:action_name>/<int:task_state_id>/", EDIT),
            Row(f"{SURVEY}check/<uuid:pk>/", EDIT),
            Row(f"{SURVEY}script/<uuid:pk>/", EDIT),
            Row(f"{SURVEY}languages/<uuid:pk>/", EDIT),
            Row(f"{SURVEY}languages/<uuid:pk>/<slug:language>/", EDIT),
            Row(EQUALITY, EDIT),
            Row(f"{EQUALITY}results/", EDIT),
            Row(f"{EQUALITY}adopt/", EDIT),
            Row("admin/outreach/", EDIT),
            Row("admin/outreach/<int:pk>/", EDIT),
            Row(r"admin/outreach/(?P<pk>[0-9]{1,9})/(?P<code>[a-z])\.(?P<kind>svg|png)$", EDIT),
            Row("admin/outreach/(?P<pk>[0-9]{1,9})/(?P<code>[a-z])/(?P<size>a4|a6)/$", EDIT),
            Row("admin/snippets/", NOBODY, "Each kind has its own place in the menu"),
            Row(
                "admin/snippets/*",
                EDIT,
                "Surveys, consultations, offices, support services, lists, questions about people",
            ),
            Row("admin/pages/*", EDIT),
            Row("admin/bulk/*", EDIT),
            Row("admin/choose-*", EDIT, "Choosing a page or a link while editing"),
            Row("admin/tag-autocomplete/*", EDIT),
            Row("admin/images/*", EDIT),
            Row("admin/documents/*", EDIT),
            Row("admin/api/main/*", EDIT, "What the editor's choosers ask for"),
            Row("admin/block-preview/", EDIT),
            Row("admin/editing-sessions/*", EDIT, "Who else has the same page open"),
            Row("admin/reports/*", EDIT, "Wagtail's own lists: changes to pages, workflows, ageing pages"),
        ),
        "The admin itself": (
            Row("admin/", ADMIN, "What waits for this person"),
            Row("admin/account/", ADMIN, "One's own name and language"),
            Row("admin/dismissibles/", ADMIN, "Which hints one has put away"),
            Row("admin/sprite/", ADMIN, "Icons"),
            Row("admin/jsi18n/", ADMIN, "Translations of the screens' scripts"),
            Row("admin/.*/$", ADMIN, "Nothing: the admin's own page that says so"),
            Row(
                "admin/users/*", NOBODY, "Roles are granted, never edited: whoever may set a password may read with it"
            ),
            Row("admin/groups/*", NOBODY, "Groups follow from roles"),
            Row("admin/sites/*", NOBODY, "Set up on the server"),
            Row("admin/collections/*", NOBODY, "Set up on the server"),
            Row("admin/workflows/*", NOBODY, "Set up on the server"),
            Row("admin/test404/", NOBODY, "Wagtail's test pages"),
            Row("admin/failwhale/", NOBODY, "Wagtail's test pages"),
        ),
    }
)
