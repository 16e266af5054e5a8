from platform_core.ground.registry.kinds import Reference

from ..services.areas import load_reference

areas = [Reference(order=60, load=load_reference)]
