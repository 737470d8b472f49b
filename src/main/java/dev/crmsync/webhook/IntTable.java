package dev.crmsync.webhook;

import java.util.Arrays;

/** Rows of whole numbers, the last of which can be taken away; a row is no object. */
final class IntTable {

    private static final int FIRST_ROWS = 16;

    private final int columns;
    private int[] cells;
    private int rows;

    IntTable(int columns) {
        this.columns = columns;
        this.cells = new int[columns * FIRST_ROWS];
    }

    int rows() {
        return rows;
    }

    /** The number of a new row; its cells hold anything. */
    int add() {
        if ((rows + 1) * columns > cells.length) {
            cells = Arrays.copyOf(cells, 4 * cells.length);
        }
        return rows++;
    }

    void addFrom(IntTable other, int row) {
        int added = add();
        System.arraycopy(other.cells, row * columns, cells, added * columns, columns);
    }

    void cutTo(int rows) {
        this.rows = rows;
    }

    int get(int row, int column) {
        return cells[row * columns + column];
    }

    void set(int row, int column, int value) {
        cells[row * columns + column] = value;
    }
}
