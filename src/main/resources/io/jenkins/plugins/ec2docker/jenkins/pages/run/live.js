/* Keeps the page of a run up to date while it is open: asks for the changing part and for new lines of the log, and counts the seconds. */
(function () {
  const OFTEN = 1000;
  const SELDOM = 10000;
  const LATER = 5000;
  /* Lines in the document. A browser lays these out without a pause; the whole log is a file to download. */
  const MOST_LINES = 3000;

  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium", hourCycle: "h23" });

  function seconds(millis) {
    const whole = Math.max(0, Math.floor(millis / 1000));
    if (whole < 60) {
      return whole + " s";
    }
    const rest = whole % 60;
    return Math.floor(whole / 60) + " min" + (rest === 0 ? "" : " " + rest + " s");
  }

  function start(root) {
    if (root.dataset.started) {
      return;
    }
    root.dataset.started = "true";
    const parts = root.querySelector(".ec2-docker-live");
    const announcer = root.querySelector(".ec2-docker-announcer");
    const log = root.querySelector(".ec2-docker-log");
    let mark = '"' + root.dataset.mark + '"';
    let running = root.dataset.running === "true";
    let logSize = Number(root.dataset.logSize);
    let skew = Number(root.dataset.now) - Date.now();
    let next = null;
    let busy = false;
    let timer = null;
    const seen = new Map();

    function tick() {
      root.querySelectorAll("[data-since]").forEach(function (clock) {
        const since = Number(clock.dataset.since);
        const text = seconds(Date.now() + skew - since);
        if (since > 0 && clock.textContent !== text) {
          clock.textContent = text;
        }
      });
    }

    function replaceParts(html) {
      window.ec2DockerParts.replace(parts, new DOMParser().parseFromString(html, "text/html"), seen);
      const said = parts.querySelector("[data-announce]");
      if (said && announcer.textContent !== said.dataset.announce) {
        announcer.textContent = said.dataset.announce;
      }
    }

    function lost(yes) {
      root.querySelector(".ec2-docker-lost").hidden = !yes;
    }

    function poll() {
      return fetch(root.dataset.liveUrl, { headers: { "If-None-Match": mark }, cache: "no-store" }).then(function (response) {
        if (response.status !== 200 && response.status !== 304) {
          throw new Error(String(response.status));
        }
        skew = Number(response.headers.get("X-Now")) - Date.now();
        logSize = Number(response.headers.get("X-Log-Size"));
        running = response.headers.get("X-Status") === "running";
        if (response.status === 304) {
          return undefined;
        }
        mark = response.headers.get("ETag");
        return response.text().then(replaceParts);
      });
    }

    function show(lines) {
      const stuck = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      const fragment = document.createDocumentFragment();
      lines.slice(-MOST_LINES).forEach(function (line) {
        const row = document.createElement("div");
        row.className = "ec2-docker-log__line";
        row.dataset.level = line.level;
        if (line.time !== "") {
          const time = document.createElement("time");
          time.className = "ec2-docker-log__time";
          time.dateTime = line.time;
          time.title = exact.format(new Date(line.time));
          time.textContent = clock.format(new Date(line.time));
          row.appendChild(time);
        }
        row.appendChild(document.createTextNode(line.text));
        fragment.appendChild(row);
      });
      log.appendChild(fragment);
      while (log.childElementCount > MOST_LINES) {
        log.firstElementChild.remove();
        older();
      }
      if (stuck) {
        log.scrollTop = log.scrollHeight;
      }
    }

    function older() {
      root.querySelector(".ec2-docker-older").hidden = false;
    }

    /* One slice after the other, until there is no more for now. */
    function readLog() {
      if (!log || (next !== null && next >= logSize && running)) {
        return Promise.resolve();
      }
      const before = next;
      const url = root.dataset.linesUrl + (next === null ? "" : "?start=" + next);
      return fetch(url, { cache: "no-store" })
        .then(function (response) {
          if (!response.ok) {
            throw new Error(String(response.status));
          }
          return response.json();
        })
        .then(function (answer) {
          if (before === null && answer.start > 0) {
            older();
          }
          next = answer.next;
          if (answer.lines.length > 0) {
            show(answer.lines);
          }
          return next >= answer.size || next === before ? undefined : readLog();
        });
    }

    function round() {
      if (busy) {
        return;
      }
      busy = true;
      clearTimeout(timer);
      (running ? poll() : Promise.resolve())
        .then(readLog)
        .then(
          function () {
            lost(false);
            return document.hidden ? SELDOM : OFTEN;
          },
          function () {
            lost(true);
            return LATER;
          },
        )
        .then(function (pause) {
          busy = false;
          if (running || pause === LATER) {
            timer = setTimeout(round, pause);
          }
        });
    }

    const filter = root.querySelector(".ec2-docker-filter");
    if (filter && log) {
      filter.addEventListener("change", function () {
        log.dataset.show = filter.value;
        log.scrollTop = log.scrollHeight;
      });
    }
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden && running) {
        round();
      }
    });
    setInterval(tick, 1000);
    round();
  }

  Behaviour.specify(".ec2-docker-run", "ec2-docker-run", 0, start);
})();
