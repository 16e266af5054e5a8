from . import evaluations, pilots, proposals, reports, schemes

RIGHTS: list = [
    *evaluations.RIGHTS,
    *pilots.RIGHTS,
    *proposals.RIGHTS,
    *reports.RIGHTS,
    *schemes.RIGHTS,
]
