using Azure;
using Azure.Data.Tables;

namespace Shop.Packages.Tests;

/// <summary>What the app relies on in Azure.Data.Tables: compare-and-set, one answer for each way to lose, safe filters.</summary>
public sealed class TablesContract(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_with_an_old_version_is_refused_with_412_and_changes_nothing()
    {
        var table = await storage.NewTableAsync();
        var first = (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop)).Headers.ETag!.Value;
        var second = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, first, TableUpdateMode.Replace, Stop)).Headers.ETag!.Value;

        (await RefusalAsync(() => table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, first, TableUpdateMode.Replace, Stop))).ShouldBe((412, "UpdateConditionNotSatisfied"));
        (await RefusalAsync(() => table.DeleteEntityAsync("p", "r", first, Stop))).ShouldBe((412, "UpdateConditionNotSatisfied"));

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value;
        read.GetInt32("N").ShouldBe(2);
        read.ETag.ShouldBe(second);
    }

    [Fact]
    public async Task What_is_there_already_is_409_and_what_is_not_there_is_404()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"), Stop);

        (await RefusalAsync(() => table.AddEntityAsync(new TableEntity("p", "r"), Stop))).ShouldBe((409, "EntityAlreadyExists"));
        (await RefusalAsync(() => table.GetEntityAsync<TableEntity>("p", "none", cancellationToken: Stop))).ShouldBe((404, "ResourceNotFound"));
        (await RefusalAsync(() => table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All, TableUpdateMode.Replace, Stop))).ShouldBe((404, "ResourceNotFound"));
        await Should.ThrowAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default, TableUpdateMode.Replace, Stop));
    }

    [Fact]
    public async Task A_missing_entity_has_no_value_for_get_if_exists_and_is_no_error_to_delete()
    {
        var table = await storage.NewTableAsync();

        (await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Stop)).HasValue.ShouldBeFalse();
        (await table.DeleteEntityAsync("p", "r", cancellationToken: Stop)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task One_refused_action_refuses_a_transaction_whole_and_is_named()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "there"), Stop);

        var refused = await Should.ThrowAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("p", "first")),
                new(TableTransactionActionType.Add, new TableEntity("p", "there")),
            ],
            Stop));

        (refused.Status, refused.ErrorCode, refused.FailedTransactionActionIndex).ShouldBe((409, "EntityAlreadyExists", 1));
        (await table.QueryAsync<TableEntity>(cancellationToken: Stop).ToListAsync(Stop)).ShouldHaveSingleItem().RowKey.ShouldBe("there");
    }

    [Fact]
    public async Task Values_in_a_filter_are_escaped_and_odd_keys_found_again()
    {
        TableClient.CreateQueryFilter($"Name eq {"O'Neill' or 1 eq 1"}").ShouldBe("Name eq 'O''Neill'' or 1 eq 1'");
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("Åsa's 100%", "a+b&c=d") { ["N"] = 1 }, Stop);

        var found = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {"Åsa's 100%"} and RowKey ge {"a"}"), cancellationToken: Stop).ToListAsync(Stop);

        found.ShouldHaveSingleItem().RowKey.ShouldBe("a+b&c=d");
        (await table.GetEntityAsync<TableEntity>("Åsa's 100%", "a+b&c=d", cancellationToken: Stop)).Value.GetInt32("N").ShouldBe(1);
    }

    [Fact]
    public async Task Pages_have_the_asked_size_and_go_on_where_a_token_says()
    {
        var table = await storage.NewTableAsync();
        foreach (var number in Enumerable.Range(1, 5)) await table.AddEntityAsync(new TableEntity("p", $"{number}"), Stop);

        var first = await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", 2, cancellationToken: Stop).AsPages().FirstAsync(Stop);
        var rest = await table.QueryAsync<TableEntity>("PartitionKey eq 'p'", 2, cancellationToken: Stop).AsPages(first.ContinuationToken).ToListAsync(Stop);

        first.Values.Select(row => row.RowKey).ShouldBe(["1", "2"]);
        rest.SelectMany(page => page.Values).Select(row => row.RowKey).ShouldBe(["3", "4", "5"]);
    }

    /// <summary>Every stored entity of the app has public setters: a property without one would come back empty, and nothing would say so.</summary>
    [Fact]
    public async Task Only_what_has_a_public_setter_is_bound()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Set"] = "a", ["Init"] = "b", ["Closed"] = "c", ["More"] = "d" }, Stop);

        var read = (await table.GetEntityAsync<Setters>("p", "r", cancellationToken: Stop)).Value;

        (read.Set, read.Init, read.Closed).ShouldBe(("a", "b", ""));
    }

    private static async Task<(int Status, string? Code)> RefusalAsync(Func<Task> call)
    {
        var refused = await Should.ThrowAsync<RequestFailedException>(call);
        return (refused.Status, refused.ErrorCode);
    }

    private sealed class Setters : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string Set { get; set; } = "";

        public string Init { get; init; } = "";

        public string Closed { get; private set; } = "";
    }
}
