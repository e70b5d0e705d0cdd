package dev.countersign.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler;

/**
 * Bars side by side.
 *
 * @param name of its file, without its ending
 * @param labels of the groups of bars
 * @param series one bar each in every group
 */
record Plot(String name, String title, String unit, List<String> labels, List<Series> series) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final double LEAST = 1e-9; // a bar of nothing is drawn as one

  /** The heights of one kind of bar, group by group. */
  record Series(String name, List<Double> values) {}

  /** Writes it as SVG into a folder. */
  void write(Path folder) throws IOException {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .theme(Styler.ChartTheme.Matlab)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setDecimalPattern("#,##0.#");
    for (Series one : series) {
      chart.addSeries(
          one.name(), labels, one.values().stream().map(v -> Math.max(v, LEAST)).toList());
    }
    VectorGraphicsEncoder.saveVectorGraphic(
        chart, folder.resolve(name).toString(), VectorGraphicsFormat.SVG);
  }
}
