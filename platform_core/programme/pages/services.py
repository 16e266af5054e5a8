import json
from pathlib import Path

from django.conf import settings
from wagtail.models import Locale, Page, Site

from .models import HomePage, StandardPage

FOLDER = Path(__file__).parent / "reference"


def load_reference() -> None:
    """The home page and the pages of text in the languages they exist in; pages that are there are left to their editors."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    rows = json.loads((FOLDER / "pages.json").read_text(encoding="utf-8"))
    if not HomePage.objects.exists():
        homes = make_tree(root_page(), rows["home"], make_home)
        for row in rows["pages"]:
            translations: dict[str, Page] = {}
            for code, words in row["words"].items():
                translations[code] = make_standard(homes[code], row["slug"], words, translations.get("en"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": homes["en"]}
        )
        Page.objects.filter(depth=2).exclude(pk__in=[home.pk for home in homes.values()]).delete()


def root_page() -> Page:
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")


def make_tree(root: Page, words: dict, make) -> dict[str, Page]:
    made: dict[str, Page] = {}
    for code, row in words.items():
        made[code] = make(root, code, row, made.get("en"))
    return made


def make_home(root: Page, code: str, row: dict, source: Page | None) -> HomePage:
    home = HomePage(title="ClusterPoliSEE", slug=f"home-{code}", locale=Locale.objects.get(language_code=code), **row)
    if source:
        home.translation_key = source.translation_key
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def make_standard(home: Page, slug: str, words: dict, source: Page | None) -> StandardPage:
    page = StandardPage(slug=slug, locale=home.locale, **words)
    if source:
        page.translation_key = source.translation_key
    home.add_child(instance=page)
    page.save_revision().publish()
    return page
