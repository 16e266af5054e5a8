from . import coding, consultations, drafting, exchange, findings, texts

RIGHTS = [*coding.RIGHTS, *consultations.RIGHTS, *drafting.RIGHTS, *exchange.RIGHTS, *findings.RIGHTS, *texts.RIGHTS]
