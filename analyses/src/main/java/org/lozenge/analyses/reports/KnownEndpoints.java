package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Set;

/** Which endpoints count much the same event, how reports spell them, and which words say nothing about the event. */
public final class KnownEndpoints {

    private KnownEndpoints() {}

    /** The families; within each, the endpoint by which a trial with several of them enters comes first. */
    public static final List<EndpointFamily> FAMILIES = List.of(
            new EndpointFamily(
                    "progression",
                    "Progression",
                    "progression",
                    List.of(
                            Endpoint.of("PFS", "progression-free survival", "progression or death", """
                                    pfs, progressionfree survival, progression free, progression or death, \
                                    disease progression or death, death or progression, death or disease progression, \
                                    progression and death, progression death, time to progression or death, rpfs, \
                                    radiographic pfs, radiographic progression free survival, \
                                    radiologic progression free survival, radiological progression free survival"""),
                            Endpoint.of("TTP", "time to progression", "progression, but not death without it", """
                                    ttp, progression, disease progression, tumor progression, tumour progression, \
                                    time until progression, time to disease progression, time to tumor progression, \
                                    time to tumour progression, freedom from progression, ffp, \
                                    progression free interval, pfi, progression to symptomatic disease, \
                                    progression to symptomatic myeloma, progression to active myeloma, \
                                    progression to multiple myeloma, time to progression to symptomatic disease, \
                                    time to progression to symptomatic myeloma, \
                                    time to progression to active myeloma, time to progression to multiple myeloma"""),
                            Endpoint.of(
                                    "EFS",
                                    "event-free survival",
                                    "progression, death and further events that each trial names",
                                    "efs, eventfree survival"))),
            new EndpointFamily(
                    "death",
                    "Death",
                    "death",
                    List.of(Endpoint.of("OS", "overall survival", "death from any cause", """
                            os, survival, total survival, death, deaths, all deaths, time to death, \
                            death from any cause, death of any cause, death due to any cause, death any cause, \
                            death all causes, time to death from any cause, any cause death, all cause death, \
                            all cause mortality, mortality, overall mortality, total mortality, mortality all causes, \
                            mortality from any cause"""))),
            new EndpointFamily(
                    "recurrence",
                    "Recurrence",
                    "recurrence",
                    List.of(
                            Endpoint.of(
                                    "DFS",
                                    "disease-free survival",
                                    "recurrence, a new cancer or death",
                                    "dfs, diseasefree survival"),
                            Endpoint.of("RFS", "recurrence-free survival", "recurrence or death", """
                                    rfs, relapse free survival, recurrence or death, relapse or death"""),
                            Endpoint.of(
                                    "IDFS",
                                    "invasive disease-free survival",
                                    "invasive recurrence, a new invasive cancer or death",
                                    "idfs"),
                            Endpoint.of(
                                    "time to recurrence",
                                    "time to recurrence",
                                    "recurrence, but not death without it",
                                    """
                                    recurrence, relapse, time to relapse, freedom from recurrence, \
                                    freedom from relapse, recurrence free interval, relapse free interval"""))),
            single(
                    "second-progression",
                    "Second progression",
                    "a second progression",
                    "PFS2",
                    "progression-free survival on next therapy",
                    """
                    pfs 2, pfsii, pfs ii, second pfs, second progression free survival, \
                    progression free survival 2, progression free survival on next line, \
                    progression free survival on next line of therapy, second progression or death, \
                    time to second progression, time to second disease progression"""),
            single(
                    "disease-specific-death",
                    "Death from the disease",
                    "death from the disease",
                    "DSS",
                    "disease-specific survival",
                    """
                    css, cancer specific survival, cause specific survival, disease specific mortality, \
                    disease specific death, cancer specific mortality, cancer specific death, cancer mortality, \
                    cancer death"""),
            single(
                    "distant-metastasis",
                    "Distant metastasis",
                    "distant metastasis",
                    "DMFS",
                    "distant metastasis-free survival",
                    """
                    mfs, metastasis free survival, distant metastases free survival, distant metastasis, \
                    distant recurrence free survival, drfs, time to distant metastasis"""),
            single(
                    "treatment-failure",
                    "Treatment failure",
                    "treatment failure",
                    "TTF",
                    "time to treatment failure",
                    """
                    treatment failure, failure free survival, ffs, freedom from treatment failure, fftf"""),
            single("next-treatment", "Next treatment", "the next treatment", "TTNT", "time to next treatment", """
                    tnt, time to next therapy, time to subsequent therapy, time to next antimyeloma therapy, \
                    time to next anti myeloma therapy"""));

    private static EndpointFamily single(
            String id, String title, String event, String label, String name, String spellings) {
        return new EndpointFamily(id, title, event, List.of(Endpoint.of(label, name, "", spellings)));
    }

    /** Words that say how, when or in whom an endpoint was measured, not what it is. */
    static final Set<String> QUALIFIERS = Set.of("""
            irc birc bicr icr irrc iric irf inv investigator investigators local assessed assessment independent \
            independently blinded central centrally review reviewed reviewer committee facility by per the with \
            according of in at itt mitt intention intent to treat population analysis primary secondary coprimary co \
            main endpoint endpoints end point outcome median estimated rate rates hr hazard ratio interim final \
            updated update mature year years yr yrs y month months mo mos recist iwg imwg criteria kaplan meier""".split(" "));
}
