/*
 * Keeps the form of the settings open while one of the plugin's fields is wrong: each is checked once more before the form is sent, as while it is
 * typed. What is sent nevertheless is refused by the server, on a page of its own.
 */
(function () {
  const OURS = ".ec2-docker-settings";

  /* Gives the field if it is wrong, else null. */
  function check(field) {
    return new Promise(function (resolve) {
      FormChecker.sendRequest(field.targetUrl(), {
        method: "post",
        onComplete: (response) =>
          response.text().then(function (said) {
            const wrong = response.ok && new DOMParser().parseFromString(said, "text/html").querySelector(".error") !== null;
            if (wrong) {
              updateValidationArea(field.targetElement, said);
              field.setAttribute("aria-invalid", "true");
            } else {
              field.removeAttribute("aria-invalid");
            }
            resolve(wrong ? field : null);
          }),
      });
    });
  }

  function uncover(field) {
    const advanced = field.closest(".advancedBody");
    if (advanced && field.getClientRects().length === 0) {
      advanced.parentElement.querySelector(".advancedButton").click();
    }
  }

  /* Gives whether the form may be sent. */
  function checkAll(form) {
    const fields = Array.from(form.querySelectorAll(OURS + " .validated")).filter((field) => field.targetUrl);
    return Promise.all(fields.map(check)).then(function (answers) {
      const wrong = answers.filter((answer) => answer !== null);
      if (wrong.length > 0) {
        notificationBar.show(form.querySelector(OURS).dataset.unsaved, notificationBar.ERROR);
        wrong.forEach(uncover);
        wrong[0].scrollIntoView({ block: "center" });
        wrong[0].focus({ preventScroll: true });
      }
      return wrong.length === 0;
    });
  }

  /* Jenkins' labels stand beside their fields and belong to none. */
  function name(field) {
    const item = field.closest(".jenkins-form-item");
    const label = item ? item.querySelector(".jenkins-form-label, label") : null;
    if (label) {
      field.setAttribute("aria-label", label.firstChild.textContent.trim());
    }
  }

  Behaviour.specify(OURS, "ec2-docker-settings", 0, function (section) {
    section.querySelectorAll("textarea, select, input:not([type=hidden])").forEach(name);
    const form = section.closest("form");
    if (!form || form.ec2DockerChecks) {
      return;
    }
    form.ec2DockerChecks = true;
    let good = false;

    /* Before Jenkins' own handlers, which stand at the form and its buttons. */
    function first(event, goOn) {
      if (good) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      checkAll(form).then(function (fine) {
        if (fine) {
          good = true;
          goOn();
          good = false;
        }
      });
    }

    document.addEventListener(
      "submit",
      function (event) {
        if (event.target === form) {
          first(event, () => form.requestSubmit(event.submitter));
        }
      },
      true,
    );
    document.addEventListener(
      "click",
      function (event) {
        const apply = event.target.closest(".apply-button");
        if (apply !== null && apply.closest("form") === form) {
          first(event, () => apply.click());
        }
      },
      true,
    );
  });
})();
