/* Buttons that ask first and then post. */
(function () {
  function post(url) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    crumb.appendToForm(form);
    document.body.appendChild(form);
    form.submit();
  }

  Behaviour.specify("button.ec2-docker-action", "ec2-docker-action", 0, function (button) {
    const { url, verb, title, message, destructive } = button.dataset;
    button.onclick = function () {
      /* Jenkins' own least width is wider than a phone. */
      const asked = dialog.confirm(title, {
        message,
        okText: verb,
        type: destructive === "true" ? "destructive" : "default",
        minWidth: "min(450px, 100vw - 2rem)",
        maxWidth: "min(475px, 100vw - 2rem)",
      });
      document.querySelector("dialog[open]").setAttribute("aria-label", title);
      asked.then(
        () => post(url),
        () => button.focus(),
      );
    };
  });
})();
