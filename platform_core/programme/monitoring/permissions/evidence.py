RIGHTS: list = []
