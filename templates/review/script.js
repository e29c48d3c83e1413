(function () {
  "use strict";
  var cards = Array.prototype.slice.call(document.querySelectorAll(".card"));
  var box = document.getElementById("filter");
  var left = document.getElementById("left");
  document.getElementById("tools").hidden = false;
  function seen() { return cards.filter(function (card) { return !card.hidden; }); }
  function open(card) { card.querySelector("details").open = true; }
  function reveal() {
    var card = location.hash && document.getElementById(location.hash.slice(1));
    if (card && card.classList.contains("card")) { card.hidden = false; open(card); card.focus(); }
  }
  function step(by) {
    var all = seen();
    if (!all.length) { return; }
    var at = all.indexOf(document.activeElement.closest(".card"));
    var next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }
  box.addEventListener("input", function () {
    var wanted = box.value.toLowerCase();
    cards.forEach(function (card) { card.hidden = card.textContent.toLowerCase().indexOf(wanted) < 0; });
    left.textContent = wanted ? seen().length + " of " + cards.length + " changes" : "";
  });
  function tick(card) { return card.querySelector(".seen input"); }
  function place(card) { return "review " + document.title + " " + tick(card).value; }
  function remember(card) {
    try { if (tick(card).checked) { localStorage.setItem(place(card), "1"); } else { localStorage.removeItem(place(card)); } }
    catch (_) { /* no storage: the ticks last as long as the page */ }
  }
  function recalled(card) { try { return localStorage.getItem(place(card)) === "1"; } catch (_) { return false; } }
  function told() {
    var done = cards.filter(function (card) { return tick(card).checked; }).length;
    document.getElementById("done").textContent = "Reviewed: " + done + " of " + cards.length;
    document.getElementById("markdown").value = cards.map(function (card) {
      var title = card.querySelector("h4").textContent.replace(/`/g, "'").replace(/\s+/g, " ").trim();
      return "- [" + (tick(card).checked ? "x" : " ") + "] `" + title + "`";
    }).join("\n") + "\n";
  }
  cards.forEach(function (card) {
    card.querySelector(".seen").hidden = false;
    tick(card).checked = recalled(card);
    tick(card).addEventListener("change", function () { remember(card); told(); });
  });
  told();
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === box) { return; }
    if (event.key === "j") { step(1); }
    else if (event.key === "k") { step(-1); }
    else if (event.key === "r") {
      var one = document.activeElement.closest(".card");
      if (one) { tick(one).click(); }
    }
    else if (event.key === "/") { event.preventDefault(); box.focus(); }
    else if (event.key === "o") {
      var card = document.activeElement.closest(".card");
      if (card) { var details = card.querySelector("details"); details.open = !details.open; }
    }
  });
  window.addEventListener("hashchange", reveal);
  reveal();
}());
