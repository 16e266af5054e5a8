from platform_core.ground.registry.kinds import Reaction

from . import services

declarations = [Reaction(code="search.index", handle=services.index_event)]
