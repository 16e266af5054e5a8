from .changes import changes

declarations: list = [*changes]
