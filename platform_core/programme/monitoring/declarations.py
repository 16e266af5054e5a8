declarations: list = []
