using Azure.Data.Tables;

namespace Shop.Packages.Tests.Tables;

public sealed class QueryTests(StorageFixture storage)
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Values_in_a_filter_are_quoted_and_escaped()
    {
        TableClient.CreateQueryFilter($"Name eq {"O'Neill' or 1 eq 1"}").ShouldBe("Name eq 'O''Neill'' or 1 eq 1'");
        TableClient.CreateQueryFilter($"N gt {5} and L le {5L} and F eq {true} and D lt {0.5}").ShouldBe("N gt 5 and L le 5L and F eq true and D lt 0.5");
        TableClient.CreateQueryFilter($"At ge {Noon.ToOffset(TimeSpan.FromHours(1))}").ShouldBe("At ge datetime'2026-06-01T12:00:00Z'");
        TableClient.CreateQueryFilter($"Id eq {Guid.Empty}").ShouldBe("Id eq guid'00000000-0000-0000-0000-000000000000'");
        TableClient.CreateQueryFilter($"B eq {(byte[])[1, 255]}").ShouldBe("B eq X'01FF'");
        Should.Throw<ArgumentException>(() => TableClient.CreateQueryFilter($"N eq {new object()}"));
    }

    [Fact]
    public void A_lambda_becomes_a_filter()
    {
        var name = "O'Neill";
        TableClient.CreateQueryFilter<TableEntity>(e => e.PartitionKey == name).ShouldBe("PartitionKey eq 'O''Neill'");
        TableClient.CreateQueryFilter<TableEntity>(e => e.PartitionKey == "p" && e.RowKey.CompareTo("b") >= 0)
            .ShouldBe("(PartitionKey eq 'p') and (RowKey ge 'b')");
        TableClient.CreateQueryFilter<TableEntity>(e => e.GetInt64("Total") > 5L).ShouldBe("Total gt 5L");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("time")]
    [InlineData("number")]
    [InlineData("id")]
    [InlineData("flag")]
    public async Task A_filter_finds_by_each_type(string kind)
    {
        var table = await storage.NewTableAsync();
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        await table.AddEntityAsync(
            new TableEntity("p", "hit") { ["Text"] = "it's “ünïcode”", ["At"] = Noon, ["L"] = 5_000_000_000, ["Id"] = id, ["Flag"] = true }, Stop);
        await table.AddEntityAsync(
            new TableEntity("p", "miss") { ["Text"] = "its", ["At"] = Noon.AddDays(1), ["L"] = 5L, ["Id"] = Guid.Empty, ["Flag"] = false }, Stop);
        var filter = kind switch
        {
            "text" => TableClient.CreateQueryFilter($"Text eq {"it's “ünïcode”"}"),
            "time" => TableClient.CreateQueryFilter($"At ge {Noon} and At lt {Noon.AddHours(1)}"),
            "number" => TableClient.CreateQueryFilter($"L gt {4_999_999_999L}"),
            "id" => TableClient.CreateQueryFilter($"Id eq {id}"),
            _ => TableClient.CreateQueryFilter($"Flag eq {true}"),
        };

        var found = await table.QueryAsync<TableEntity>(filter, cancellationToken: Stop).ToListAsync(Stop);

        found.ShouldHaveSingleItem().RowKey.ShouldBe("hit");
    }

    [Fact]
    public async Task Pages_have_the_asked_size_and_go_on_where_a_token_says()
    {
        var table = await storage.NewTableAsync();
        foreach (var number in Enumerable.Range(1, 7)) await table.AddEntityAsync(new TableEntity("p q", $"r {number}") { ["N"] = number }, Stop);

        var sizes = new List<int>();
        string? afterFirst = null;
        await foreach (var page in table.QueryAsync<TableEntity>("PartitionKey eq 'p q'", 3, cancellationToken: Stop).AsPages())
        {
            sizes.Add(page.Values.Count);
            afterFirst ??= page.ContinuationToken;
        }
        var rest = new List<int?>();
        await foreach (var page in table.QueryAsync<TableEntity>("PartitionKey eq 'p q'", cancellationToken: Stop).AsPages(afterFirst, 2))
        {
            page.Values.Count.ShouldBeLessThanOrEqualTo(2);
            rest.AddRange(page.Values.Select(entity => entity.GetInt32("N")));
        }
        var synchronous = table.Query<TableEntity>("PartitionKey eq 'p q'", 3, cancellationToken: Stop).AsPages().Select(page => page.Values.Count).ToList();

        sizes.ShouldBe([3, 3, 1]);
        rest.ShouldBe([4, 5, 6, 7]);
        synchronous.ShouldBe([3, 3, 1]);
    }

    [Fact]
    public async Task More_entities_than_one_page_holds_are_all_found()
    {
        var table = await storage.NewTableAsync();
        foreach (var hundred in Enumerable.Range(0, 11))
        {
            await table.SubmitTransactionAsync(
                Enumerable.Range(0, 100).Select(n => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{hundred:00}{n:00}"))), Stop);
        }

        var found = await table.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: Stop).ToListAsync(Stop);

        found.Count.ShouldBe(1100);
        found.Select(entity => entity.RowKey).ShouldBeInOrder();
    }

    [Fact]
    public async Task An_empty_answer_is_one_empty_page()
    {
        var table = await storage.NewTableAsync();

        var pages = await table.QueryAsync<TableEntity>("PartitionKey eq 'none'", cancellationToken: Stop).AsPages().ToListAsync(Stop);

        pages.ShouldHaveSingleItem().Values.ShouldBeEmpty();
        pages[0].ContinuationToken.ShouldBeNull();
    }

    [Fact]
    public async Task A_lambda_finds_too()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "a"), Stop);
        await table.AddEntityAsync(new TableEntity("p", "b"), Stop);

        var found = await table.QueryAsync<TableEntity>(e => e.PartitionKey == "p" && e.RowKey == "b", cancellationToken: Stop).ToListAsync(Stop);

        found.ShouldHaveSingleItem().RowKey.ShouldBe("b");
    }
}
