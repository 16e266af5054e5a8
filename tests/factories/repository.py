from repository import services
from repository.models import Record


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
