"""The column of small pages beside the large ones: each drawn when it comes into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from briefing.app.print_preview.drawing import Drawing
    from briefing.app.theme import Theme

WIDTH = 148
PAPER = 96
"""How wide and how high a page is at most."""
_TALLEST = 136
_SPACE = 12
_RING = 4

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Thumbnails(QListView):
    """Shows small pages; the one in view is marked, and the chosen one asked for."""

    page_requested = Signal(int)
    """The number of a page, from 1."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview-thumbnails")
        self.setAccessibleName("Page thumbnails")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._model = _Pages(self)
        self.setModel(self._model)
        self.setItemDelegate(_SmallPage(theme, self._model, self))
        self._shows = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._draw_next)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._next.start())
        self._model.drawn.connect(self._next.start)
        self.selectionModel().currentChanged.connect(self._chosen)
        theme.changed.connect(self.viewport().update)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Show the pages of a PDF; what stood in their places stands there until they are drawn."""
        place = self.verticalScrollBar().value()
        self._model.show_drawing(drawing)
        self.verticalScrollBar().setValue(place)
        self._next.start()

    def show_page(self, page: int) -> None:
        """Mark the page in view, counted from 1."""
        index = self._model.index(page - 1)
        if index.isValid() and index != self.currentIndex():
            self._shows = True
            self.setCurrentIndex(index)
            self._shows = False

    def is_drawn(self, number: int) -> bool:
        """Whether a page, counted from 1, is drawn."""
        return self._model.is_drawn(number - 1)

    def image(self, number: int) -> QImage | None:
        """Return a small page, counted from 1, as it is drawn so far."""
        return self._model.image(number - 1)

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid() and not self._shows:
            self.page_requested.emit(index.row() + 1)

    def _draw_next(self) -> None:
        """Have the next small page drawn that is in view."""
        if not self.isVisible():
            return
        view = self.viewport().rect()
        first = self.indexAt(QPoint(view.center().x(), 0))
        for row in range(max(first.row(), 0), self._model.rowCount()):
            if not self.visualRect(self._model.index(row)).intersects(view):
                return
            if self._model.draw(row, self.devicePixelRatioF()):
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._next.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._next.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._next.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.page_requested.emit(self.currentIndex().row() + 1)
        else:
            super().keyPressEvent(event)


class _Pages(QAbstractListModel):
    """The pages of a PDF, and those that are drawn."""

    drawn = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self._images: dict[int, QImage] = {}
        self._fresh: set[int] = set()
        self._asked = False
        self._ratio = 1.0

    def show_drawing(self, drawing: Drawing | None) -> None:
        before, after = self.rowCount(), len(drawing) if drawing else 0
        if after > before:
            self.beginInsertRows(_ROOT, before, after - 1)
        elif after < before:
            self.beginRemoveRows(_ROOT, after, before - 1)
        self._drawing = drawing
        self._fresh.clear()
        self._asked = False
        self._images = {page: image for page, image in self._images.items() if page < after}
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        if after:
            self.dataChanged.emit(self.index(0), self.index(after - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() or self._drawing is None else len(self._drawing)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"Page {index.row() + 1}"
        return None

    def size(self, page: int) -> QSize:
        """Return how large a page is shown."""
        if self._drawing is None or page >= len(self._drawing):
            return QSize(PAPER, _TALLEST)
        width, height = self._drawing.sizes[page]
        scale = min(PAPER / width, _TALLEST / height)
        return QSize(round(width * scale), round(height * scale))

    def image(self, page: int) -> QImage | None:
        """Return a page as it is drawn so far."""
        return self._images.get(page)

    def is_drawn(self, page: int) -> bool:
        return page in self._fresh

    def draw(self, page: int, ratio: float) -> bool:
        """Have a page drawn; False where it is, True where one waits for it or for another."""
        drawing = self._drawing
        if ratio != self._ratio:
            self._ratio = ratio
            self._fresh.clear()
        if self._asked:
            return True
        if drawing is None or page in self._fresh:
            return False
        self._asked = True
        scale = self.size(page).width() * ratio / drawing.sizes[page][0]
        drawing.draw(
            page, scale, lambda image: self._done(drawing, page, image), lambda _: self._done(drawing, page, None)
        )
        return True

    def _done(self, drawing: Drawing, page: int, image: QImage | None) -> None:
        if drawing is not self._drawing:
            return
        self._asked = False
        self._fresh.add(page)
        if image is not None:
            self._images[page] = image
        self.dataChanged.emit(self.index(page), self.index(page))
        self.drawn.emit()


class _SmallPage(QStyledItemDelegate):
    """Paints a white page with its number below, and a ring round the one in view."""

    def __init__(self, theme: Theme, pages: _Pages, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages = pages

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = self._pages.size(index.row()).height() + option.fontMetrics.height() + _SPACE + 2 * _RING + 4
        return QSize(PAPER, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        size = self._pages.size(index.row())
        paper = QRect(
            rect.left() + (rect.width() - size.width()) // 2,
            rect.top() + _SPACE // 2 + _RING,
            size.width(),
            size.height(),
        )
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(self._theme.colour("focus" if focused else "accent"))
            ring = 3 if focused else 2
            painter.drawRoundedRect(paper.adjusted(-ring, -ring, ring, ring), 3, 3)
        else:
            painter.setBrush(self._theme.colour("line"))
            painter.drawRoundedRect(paper.adjusted(-1, -1, 1, 1), 1, 1)
        painter.fillRect(paper, Qt.GlobalColor.white)
        image = self._pages.image(index.row())
        if image is not None:
            painter.drawImage(paper, image)
        painter.setPen(self._theme.colour("ink" if chosen else "muted"))
        number = QRect(rect.left(), paper.bottom() + _RING + 2, rect.width(), painter.fontMetrics().height())
        painter.drawText(number, Qt.AlignmentFlag.AlignHCenter, str(index.data()))
        painter.restore()
