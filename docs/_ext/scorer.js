// Pages come before the names of functions: most who search look for a word of the law. The numbers are Sphinx's own
// but for an object's, which lie between a title's (15) and those of a word in the text (5).
var Scorer = {
  objNameMatch: 4,
  objPartialMatch: 2,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  // Among names that match as well as each other, first those that are in reach without a module or a class.
  score: ([, title, , , score, , kind]) => (kind === "object" ? score - title.split(".").length / 10 : score),
};
