from repository import collections, services
from repository.models import Collection, Record


def record(title: str = "Innovation vouchers", *, publish: bool = True, by=None, **fields) -> Record:
    """A record of a good practice in topic 4, published unless said otherwise."""
    given = {
        "kind": "good_practice",
        "title": {"en": title},
        "summary": {"en": f"What came of {title}."},
        "topics": [4],
        "countries": ["AT"],
        "year": 2024,
        "languages": ["en"],
        "creators": ["A regional authority"],
    }
    made = services.deposit(by=by, **{**given, **fields})
    return services.publish(made) if publish else made


def collection(
    title: str = "What vouchers did", *, query: str = "topic=4", is_public: bool = True, **fields
) -> Collection:
    return collections.keep_collection(Collection(title={"en": title}, query=query, is_public=is_public, **fields))
