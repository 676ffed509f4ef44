"""Choosing a folder in Firefox: BiDi hands over files alone, so its picker answers by itself, its question is answered.

Everything behind the picker is Firefox's own: it asks whether to *upload* the folder, as it asks everybody.
"""

from collections.abc import Callable
from pathlib import Path

from page_bidi import Bidi, BidiError

_PICK = """(path) => {
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  const picker = {
    QueryInterface: ChromeUtils.generateQI(["nsIFilePicker"]),
    init() {}, appendFilter() {}, appendFilters() {}, appendRawFilter() {},
    open(done) { Services.tm.dispatchToMainThread(() => done.done(Ci.nsIFilePicker.returnOK)); },
    file, fileURL: Services.io.newFileURI(file), files: [file][Symbol.iterator](), displayDirectory: null,
    displaySpecialDirectory: "", filterIndex: 0, defaultString: "", defaultExtension: "", okButtonLabel: "",
    addToRecentDocs: false, mode: Ci.nsIFilePicker.modeGetFolder, capture: 0,
  };
  const factory = {
    QueryInterface: ChromeUtils.generateQI(["nsIFactory"]), createInstance: (kind) => picker.QueryInterface(kind),
  };
  Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
    Services.uuid.generateUUID(), "The picker of a test", "@mozilla.org/filepicker;1", factory);
}"""
_ANSWER = """() => {
  const box = gBrowser.getTabDialogBox(gBrowser.selectedBrowser);
  for (const manager of [box.getTabDialogManager(), box.getContentDialogManager()]) {
    for (const { _frame } of manager._dialogs) {
      const asked = _frame.contentDocument;
      const dialog = asked?.readyState === "complete" && asked.getElementById("commonDialog");
      if (!dialog?._buttons || dialog.getButton("accept").disabled) continue;
      const question = asked.getElementById("infoBody").textContent;
      dialog.acceptDialog();
      return question;
    }
  }
  return "";
}"""


class FolderPicker:
    """The window around the page, in a Firefox that lets its driver reach it."""

    def __init__(self, session: Bidi) -> None:
        self._session = session
        tree = session.command("browsingContext.getTree", **{"moz:scope": "chrome"})
        self._window = tree["contexts"][0]["context"]

    def choose(self, path: Path, press: Callable[[], object]) -> None:
        """Have the picker answer with this folder, then press what opens it."""
        self._run(_PICK, {"type": "string", "value": str(path)})
        press()

    def agree(self) -> str:
        """Say yes to Firefox's question, once it can be answered; its words, or nothing as long as it does not ask."""
        return str(self._run(_ANSWER)["value"])

    def _run(self, function: str, *arguments: dict) -> dict:
        done = self._session.command(
            "script.callFunction",
            functionDeclaration=function,
            arguments=list(arguments),
            target={"context": self._window},
            awaitPromise=True,
        )
        if done["type"] != "success":
            raise BidiError(done["exceptionDetails"]["text"])
        return done["result"]
