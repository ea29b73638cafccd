using Azure.Data.Tables;

namespace Shop.Packages.Tests.Tables;

public sealed class PropertyTypeTests(StorageFixture storage)
{
    private static readonly DateTimeOffset Instant = new(2026, 3, 29, 2, 30, 15, 123, TimeSpan.FromHours(2));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_property_type_of_an_entity_class_comes_back_as_it_was()
    {
        var table = await storage.NewTableAsync();
        var sent = new Everything
        {
            PartitionKey = "p",
            RowKey = "r",
            Text = "quote \" backslash \\ tab \t € 🧾",
            Flag = true,
            Number = int.MinValue,
            Amount = long.MaxValue,
            Rate = 0.1,
            Whole = 3,
            Id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
            At = Instant,
            Utc = Instant.UtcDateTime,
            Bytes = [0, 1, 255],
            Data = new BinaryData("data"u8.ToArray()),
            Standing = Standing.Closed,
            MaybeStanding = Standing.Open,
            MaybeAmount = 5,
            MaybeAt = Instant,
            Renamed = "x",
            Private = "not sent",
            Big = ulong.MaxValue / 4,
        };

        await table.AddEntityAsync(sent, Stop);
        var read = (await table.GetEntityAsync<Everything>("p", "r", cancellationToken: Stop)).Value;

        read.Text.ShouldBe(sent.Text);
        (read.Flag, read.Number, read.Amount, read.Rate, read.Whole, read.Id, read.Big).ShouldBe((true, int.MinValue, long.MaxValue, 0.1, 3, sent.Id, sent.Big));
        read.At.ShouldBe(Instant);
        read.At.Offset.ShouldBe(TimeSpan.Zero);
        (read.Utc, read.Utc.Kind).ShouldBe((Instant.UtcDateTime, DateTimeKind.Utc));
        read.Bytes.ShouldBe([0, 1, 255]);
        read.Data!.ToString().ShouldBe("data");
        (read.Standing, read.MaybeStanding, read.MaybeAmount, read.MaybeAt).ShouldBe((Standing.Closed, Standing.Open, 5L, Instant));
        read.Renamed.ShouldBe("x");
        read.Private.ShouldBeNull();
        read.ETag.ShouldNotBe(default);
        read.Timestamp.ShouldNotBeNull();
    }

    [Fact]
    public async Task Stored_types_are_the_services_own()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(
            new Everything { PartitionKey = "p", RowKey = "r", Amount = 5, Rate = 1.5, At = Instant, Utc = Instant.UtcDateTime, Renamed = "x", Standing = Standing.Closed }, Stop);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value;

        read["Amount"].ShouldBe(5L);
        read["Rate"].ShouldBe(1.5);
        read["At"].ShouldBe(Instant.ToUniversalTime());
        read["Standing"].ShouldBe("Closed");
        read["stored_name"].ShouldBe("x");
        read["Flag"].ShouldBe(false);
        read.ContainsKey("Renamed").ShouldBeFalse();
        read.ContainsKey("Private").ShouldBeFalse();
    }

    [Fact]
    public async Task Null_properties_are_not_stored()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new Everything { PartitionKey = "p", RowKey = "typed", At = Instant, Utc = Instant.UtcDateTime }, Stop);
        await table.AddEntityAsync(new TableEntity("p", "dictionary") { ["Text"] = null }, Stop);

        var typed = (await table.GetEntityAsync<TableEntity>("p", "typed", cancellationToken: Stop)).Value;
        var dictionary = (await table.GetEntityAsync<TableEntity>("p", "dictionary", cancellationToken: Stop)).Value;

        foreach (var name in (string[])["Text", "Bytes", "Data", "MaybeStanding", "MaybeAmount", "MaybeAt"]) typed.GetValueOrNull(name).ShouldBeNull();
        dictionary.GetString("Text").ShouldBeNull();
        (await table.GetEntityAsync<Everything>("p", "typed", cancellationToken: Stop)).Value.MaybeAmount.ShouldBeNull();
    }

    [Fact]
    public async Task Every_value_of_a_dictionary_entity_comes_back_as_it_was()
    {
        var table = await storage.NewTableAsync();
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        await table.AddEntityAsync(
            new TableEntity("p", "r")
            {
                ["Text"] = "zwölf",
                ["Empty"] = "",
                ["Flag"] = true,
                ["Number"] = 12,
                ["Amount"] = 12L,
                ["Rate"] = 12.5,
                ["Id"] = id,
                ["At"] = Instant,
                ["Utc"] = Instant.UtcDateTime,
                ["Bytes"] = (byte[])[1, 2],
                ["Data"] = new BinaryData((byte[])[3]),
            },
            Stop);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value;

        (read.GetString("Text"), read.GetString("Empty"), read.GetBoolean("Flag"), read.GetInt32("Number")).ShouldBe(("zwölf", "", true, 12));
        (read.GetInt64("Amount"), read.GetDouble("Rate"), read.GetGuid("Id")).ShouldBe((12L, 12.5, id));
        read.GetDateTimeOffset("At").ShouldBe(Instant);
        read.GetDateTime("At").ShouldBe(Instant.UtcDateTime);
        read.GetDateTimeOffset("Utc").ShouldBe(Instant);
        read.GetBinary("Bytes").ShouldBe([1, 2]);
        read.GetBinaryData("Data").ToArray().ShouldBe([3]);
        read.GetString("Missing").ShouldBeNull();
        read.GetInt32("Missing").ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => read.GetInt32("Text"));
        Should.Throw<InvalidOperationException>(() => read.GetString("Number"));
    }

    [Fact]
    public async Task A_time_that_is_not_utc_is_refused_before_anything_is_sent()
    {
        var table = await storage.NewTableAsync();
        var local = DateTime.SpecifyKind(Instant.UtcDateTime, DateTimeKind.Local);

        await Should.ThrowAsync<NotSupportedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["At"] = local }, Stop));
        await Should.ThrowAsync<NotSupportedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["Day"] = DayOfWeek.Friday }, Stop));
        await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);
    }

    [Fact]
    public async Task An_enum_name_that_is_no_longer_known_leaves_the_default()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Standing"] = "Abolished", ["MaybeStanding"] = "Abolished" }, Stop);

        var read = (await table.GetEntityAsync<Everything>("p", "r", cancellationToken: Stop)).Value;

        (read.Standing, read.MaybeStanding).ShouldBe((Standing.Open, null));
    }

    [Fact]
    public async Task An_entity_with_explicit_keys_and_private_setters_is_bound()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(Sealed.Create("p", "r", 9), Stop);

        var read = (await table.GetEntityAsync<Sealed>("p", "r", cancellationToken: Stop)).Value;

        read.Total.ShouldBe(9);
        ((ITableEntity)read).RowKey.ShouldBe("r");
        read.ETag.ShouldNotBe(default);
    }

    [Fact]
    public void A_dictionary_entity_keeps_the_type_of_a_number()
    {
        var entity = new TableEntity("p", "r") { ["Amount"] = 1L, ["Rate"] = 1.0 };

        entity["Amount"] = 2;
        entity["Rate"] = 2;

        entity["Amount"].ShouldBe(2L);
        entity["Rate"].ShouldBe(2.0);
    }
}
