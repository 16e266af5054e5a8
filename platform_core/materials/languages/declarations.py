declarations: list[object] = []
