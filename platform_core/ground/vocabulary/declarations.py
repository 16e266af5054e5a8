from functools import partial

from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.kinds import Facet, Reference

from . import selectors, services

declarations = [
    Reference(order=0, load=services.load_reference),
    Facet(code="topic", name=_("Topic"), labels=selectors.topic_labels, order=10),
    Facet(code="country", name=_("Country"), labels=selectors.country_labels, order=20),
    Facet(code="region", name=_("Region"), labels=selectors.region_labels, order=25),
    Facet(code="kind", name=_("Kind"), labels=partial(selectors.term_labels, "record_kind"), order=30),
    Facet(code="cycle_stage", name=_("Policy cycle"), labels=partial(selectors.term_labels, "cycle_stage"), order=40),
    Facet(code="level", name=_("Level"), labels=partial(selectors.term_labels, "level"), order=50),
    Facet(code="concept", name=_("Keyword"), labels=selectors.concept_labels, order=65),
    Facet(
        code="policy_stage",
        name=_("Stage of cluster policy"),
        labels=partial(selectors.term_labels, "policy_stage"),
        order=42,
    ),
    Facet(
        code="maturity", name=_("Maturity of the cluster"), labels=partial(selectors.term_labels, "maturity"), order=52
    ),
    Facet(
        code="cluster_action",
        name=_("Cluster action"),
        labels=partial(selectors.term_labels, "cluster_action"),
        order=54,
    ),
    Facet(code="axis", name=_("Recommendation axis"), labels=partial(selectors.term_labels, "axis"), order=60),
]
