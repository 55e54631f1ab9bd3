/* Replaces the changed parts of a page that is open, and asks a page with something under way for itself until that is over. */
(function () {
  const OFTEN = 2000;
  const SELDOM = 15000;

  function withoutClocks(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("[data-since], time").forEach(function (clock) {
      clock.textContent = "";
    });
    return copy.outerHTML;
  }

  /* Only what differs is replaced: what somebody reads, has selected or has the focus on stays. */
  function replace(root, fresh, seen) {
    fresh.querySelectorAll("[data-part]").forEach(function (part) {
      const old = root.querySelector('[data-part="' + part.dataset.part + '"]');
      const content = withoutClocks(part);
      if (!old || seen.get(part.dataset.part) === content) {
        return;
      }
      seen.set(part.dataset.part, content);
      const opened = old.querySelector("details[open]") !== null;
      const focused = old.contains(document.activeElement);
      const created = document.importNode(part, true);
      if (opened) {
        created.querySelectorAll("details").forEach((details) => details.setAttribute("open", ""));
      }
      old.replaceWith(created);
      Behaviour.applySubtree(created, true);
      if (focused) {
        const heir = created.querySelector("a, button, summary");
        if (heir) {
          heir.focus({ preventScroll: true });
        }
      }
    });
  }

  window.ec2DockerParts = { replace };

  function start(root) {
    if (root.dataset.started) {
      return;
    }
    root.dataset.started = "true";
    const seen = new Map();
    root.querySelectorAll("[data-part]").forEach((part) => seen.set(part.dataset.part, withoutClocks(part)));

    function again() {
      if (root.dataset.pending === "true") {
        setTimeout(look, document.hidden ? SELDOM : OFTEN);
      }
    }

    function look() {
      /* The page's own address: what an action has refused stands at the action's. */
      fetch("." + window.location.search, { cache: "no-store" })
        .then((response) => (response.ok ? response.text() : Promise.reject(new Error(String(response.status)))))
        .then(function (html) {
          const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".ec2-docker-fresh");
          if (fresh) {
            root.dataset.pending = fresh.dataset.pending;
            replace(root, fresh, seen);
          }
        })
        .catch(() => undefined)
        .then(again);
    }

    again();
  }

  Behaviour.specify(".ec2-docker-fresh", "ec2-docker-fresh", 0, start);
})();
