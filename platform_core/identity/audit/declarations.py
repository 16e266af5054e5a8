from platform_core.ground.registry.kinds import Demonstration, Sweep

from . import services
from .permissions import RIGHTS

declarations = [
    *RIGHTS,
    Sweep(code="audit.dispatch", perform=services.dispatch_events),
    Sweep(code="audit.seal", perform=services.seal_events),
    Demonstration(order=95, load=services.settle),
]
