using Azure.Data.Tables;
using Shop.Functions.Catalogue;

namespace Shop.Local.Catalogue;

/// <summary>What the local shop sells. Prices, in pence without VAT, and weights, in grams, are made up.</summary>
public static class Products
{
    private static readonly ProductEntity[] All =
    [
        Of("UPS-LI-1500", "UPS", "Line-interactive UPS 1500 VA, tower", "900 W for a small rack or a reception desk, about six minutes at full load.", 24_900, 11_000),
        Of("UPS-OL-3000", "UPS", "Online UPS 3000 VA, rack or tower", "Double conversion, 2700 W, 2U, with network card and hot-swap batteries.", 138_500, 32_000),
        Of("UPS-OL-10K", "UPS", "Online UPS 10 kVA, three phase in", "Unity power factor, parallel up to four, maintenance bypass included.", 489_000, 110_000),
        Of("BAT-RBC-1500", "UPS", "Replacement battery set for UPS-LI-1500", "Two sealed lead-acid blocks with leads, tested before dispatch.", 6_450, 5_200),
        Of("RACK-42U-800", "Racks", "Server rack 42U, 800 × 1000 mm", "Vented doors front and rear, 1500 kg static load, castors and levelling feet.", 74_500, 118_000),
        Of("RACK-24U-600", "Racks", "Server rack 24U, 600 × 1000 mm", "Glass front door, split side panels, for an office corner.", 46_200, 68_000),
        Of("PDU-32A-SW", "Power", "Switched PDU 32 A, 24 outlets", "Per-outlet switching and metering over the network, vertical mount.", 61_900, 6_500),
        Of("PDU-16A-BASIC", "Power", "Basic PDU 16 A, 12 outlets", "C13 outlets with locking, 1U horizontal mount.", 8_995, 2_400),
        Of("COOL-ROW-12", "Cooling", "In-row cooling unit 12 kW", "Chilled water, variable fans, leak detection.", 812_000, 240_000),
        Of("COOL-WALL-5", "Cooling", "Wall-mounted server-room air conditioner 5 kW", "All-year operation down to −20 °C outside, automatic restart.", 189_900, 48_000),
        Of("SENS-TH-01", "Monitoring", "Temperature and humidity sensor", "One wire to the monitoring unit, calibrated, with 5 m lead.", 5_333, 200),
        Of("MON-ENV-08", "Monitoring", "Environment monitor, 8 sensor ports", "Alerts by e-mail and SNMP, powered over Ethernet.", 33_750, 1_100),
        Of("BOOK-POWER", "Books", "Power Protection in Practice, paperback", "How to size, place and look after a UPS; 240 pages.", 2_499, 400, VatClass.Zero),
    ];

    /// <summary>Puts them all into the table; what is there already is brought up to date.</summary>
    public static async Task SeedAsync(TableClient catalogue, CancellationToken cancellationToken) =>
        await catalogue.SubmitTransactionAsync(All.Select(product => new TableTransactionAction(TableTransactionActionType.UpsertReplace, product)), cancellationToken);

    private static ProductEntity Of(
        string sku, string category, string name, string description, long unitNet, int weightGrams, VatClass vatClass = VatClass.Standard) =>
        ProductEntity.Of(new(sku, name, category, description, unitNet, "GBP", vatClass, weightGrams) { Pictures = [$"/pictures/{sku}.svg"] });
}
