// The page works without this. It folds the filters open on wide screens, and says aloud how many answers a search has
// after htmx has put new ones in place.
"use strict";

function unfold() {
  if (matchMedia("(min-width: 60rem)").matches) {
    for (const each of document.querySelectorAll("details.filters")) each.open = true;
  }
}

unfold();
document.addEventListener("htmx:afterSettle", () => {
  unfold();
  const told = document.getElementById("told");
  const count = document.getElementById("count");
  if (told && count) told.textContent = count.textContent;
});
