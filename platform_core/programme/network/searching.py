"""What search is told of networks and initiatives."""

from platform_core.ground.registry.kinds import SearchDocument
from platform_core.people.members.demonstration import EPOCH

from .models import Initiative, Network


def network_document(pk: int) -> SearchDocument | None:
    network = Network.objects.filter(pk=pk).select_related("founder").first()
    if network is None:
        return None
    return SearchDocument(
        title=network.title,
        summary=network.purpose,
        body={},
        route="network:network",
        key=network.code,
        day=network.begun_on,
        facets={
            "topic": [str(network.topic_id)] if network.topic_id else [],
            "country": [network.founder.country_id],
        },
    )


def initiative_document(pk: int) -> SearchDocument | None:
    """Its day is that of the last contact."""
    initiative = Initiative.objects.filter(pk=pk).first()
    if initiative is None:
        return None
    last = initiative.synergies.order_by("-day").values_list("day", flat=True).first()
    return SearchDocument(
        title=initiative.title,
        summary=initiative.summary,
        body={},
        route="network:initiative",
        key=initiative.code,
        day=last or EPOCH,
        facets={"topic": [str(pk) for pk in initiative.topics.values_list("pk", flat=True)]},
    )
