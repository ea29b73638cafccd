using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Shop.Packages.Tests.Tables;

public sealed class EntityTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_added_entity_reads_back_with_its_version_and_time()
    {
        var table = await storage.NewTableAsync();

        var added = await table.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "UPS 3000" }, Stop);
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop);

        added.Status.ShouldBe(204);
        read.GetRawResponse().Status.ShouldBe(200);
        read.Value.GetString("Name").ShouldBe("UPS 3000");
        read.Value.ETag.ShouldBe(added.Headers.ETag!.Value);
        read.Value.Timestamp.ShouldNotBeNull();
    }

    [Fact]
    public async Task Adding_twice_is_a_conflict()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"), Stop);

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r"), Stop));

        refused.Status.ShouldBe(409);
        refused.ErrorCode.ShouldBe("EntityAlreadyExists");
        (refused.ErrorCode! == TableErrorCode.EntityAlreadyExists).ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_entity_is_an_error_for_get_and_no_value_for_get_if_exists()
    {
        var table = await storage.NewTableAsync();

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop));
        var none = await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Stop);

        refused.Status.ShouldBe(404);
        refused.ErrorCode.ShouldBe("ResourceNotFound");
        none.HasValue.ShouldBeFalse();
        none.GetRawResponse().Status.ShouldBe(404);
        Should.Throw<InvalidOperationException>(() => none.Value);
    }

    [Fact]
    public async Task An_existing_entity_is_the_value_of_get_if_exists()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 7 }, Stop);

        var some = await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Stop);

        some.HasValue.ShouldBeTrue();
        some.Value!.GetInt32("N").ShouldBe(7);
    }

    [Fact]
    public async Task A_write_with_an_old_version_is_refused_and_changes_nothing()
    {
        var table = await storage.NewTableAsync();
        var first = (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop)).Headers.ETag!.Value;
        var second = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, first, TableUpdateMode.Replace, Stop)).Headers.ETag!.Value;

        var refused = await Should.ThrowAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, first, TableUpdateMode.Replace, Stop));

        refused.Status.ShouldBe(412);
        refused.ErrorCode.ShouldBe("UpdateConditionNotSatisfied");
        second.ShouldNotBe(first);
        (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value.GetInt32("N").ShouldBe(2);
    }

    [Fact]
    public async Task Any_version_will_do_for_a_write_that_says_so()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, ETag.All, TableUpdateMode.Replace, Stop);

        (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value.GetInt32("N").ShouldBe(2);
    }

    [Fact]
    public async Task An_update_must_name_a_version()
    {
        var table = await storage.NewTableAsync();
        await Should.ThrowAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default, TableUpdateMode.Replace, Stop));
    }

    [Fact]
    public async Task Updating_a_missing_entity_is_not_found()
    {
        var table = await storage.NewTableAsync();

        var refused = await Should.ThrowAsync<RequestFailedException>(
            () => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Replace, Stop));

        refused.Status.ShouldBe(404);
        refused.ErrorCode.ShouldBe("ResourceNotFound");
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge, "kept")]
    [InlineData(TableUpdateMode.Replace, null)]
    public async Task Merging_keeps_what_is_not_sent_and_replacing_drops_it(TableUpdateMode mode, string? expected)
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "updated") { ["Old"] = "kept" }, Stop);
        await table.AddEntityAsync(new TableEntity("p", "upserted") { ["Old"] = "kept" }, Stop);

        await table.UpdateEntityAsync(new TableEntity("p", "updated") { ["New"] = 1 }, ETag.All, mode, Stop);
        await table.UpsertEntityAsync(new TableEntity("p", "upserted") { ["New"] = 1 }, mode, Stop);

        foreach (var row in (string[])["updated", "upserted"])
        {
            var entity = (await table.GetEntityAsync<TableEntity>("p", row, cancellationToken: Stop)).Value;
            entity.GetString("Old").ShouldBe(expected);
            entity.GetInt32("New").ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_upsert_creates_what_is_missing(TableUpdateMode mode)
    {
        var table = await storage.NewTableAsync();

        var response = await table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, mode, Stop);

        response.Status.ShouldBe(204);
        (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value.ETag.ShouldBe(response.Headers.ETag!.Value);
    }

    [Fact]
    public async Task A_delete_takes_a_version_and_does_not_mind_a_missing_entity()
    {
        var table = await storage.NewTableAsync();
        var old = (await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop)).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, TableUpdateMode.Replace, Stop);

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", old, Stop));
        var deleted = await table.DeleteEntityAsync(new TableEntity("p", "r"), cancellationToken: Stop);
        var again = await table.DeleteEntityAsync("p", "r", cancellationToken: Stop);

        refused.Status.ShouldBe(412);
        refused.ErrorCode.ShouldBe("UpdateConditionNotSatisfied");
        deleted.Status.ShouldBe(204);
        again.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_an_error_that_says_so()
    {
        var table = new TableClient(storage.ConnectionString, "missing");

        var refused = await Should.ThrowAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r"), Stop));

        refused.Status.ShouldBe(404);
        refused.ErrorCode.ShouldBe("TableNotFound");
    }

    [Theory]
    [InlineData("100%", "50 % off")]
    [InlineData("O'Neill's", "''")]
    [InlineData("Åsa Öberg", "注文 🧾")]
    [InlineData("a+b&c=d", "x;y,z@w!(1)*~")]
    [InlineData("%2F%27", "$filter")]
    public async Task Odd_keys_are_found_again(string partitionKey, string rowKey)
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity(partitionKey, rowKey) { ["N"] = 1 }, Stop);

        var read = (await table.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: Stop)).Value;
        await table.UpdateEntityAsync(new TableEntity(partitionKey, rowKey) { ["N"] = 2 }, read.ETag, TableUpdateMode.Replace, Stop);
        await table.UpsertEntityAsync(new TableEntity(partitionKey, rowKey) { ["N"] = 3 }, TableUpdateMode.Merge, Stop);
        var queried = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey eq {rowKey}"), cancellationToken: Stop).ToListAsync(Stop);
        var deleted = await table.DeleteEntityAsync(partitionKey, rowKey, cancellationToken: Stop);

        (read.PartitionKey, read.RowKey).ShouldBe((partitionKey, rowKey));
        queried.ShouldHaveSingleItem().GetInt32("N").ShouldBe(3);
        deleted.Status.ShouldBe(204);
    }

    [Fact]
    public async Task Only_selected_properties_are_read()
    {
        var table = await storage.NewTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 }, Stop);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r", ["A"], Stop)).Value;

        read.GetInt32("A").ShouldBe(1);
        read.ContainsKey("B").ShouldBeFalse();
    }

    [Fact]
    public async Task The_synchronous_twins_do_the_same()
    {
        var table = await storage.NewTableAsync();

        var added = table.AddEntity(new TableEntity("p", "r") { ["N"] = 1 }, Stop);
        table.UpdateEntity(new TableEntity("p", "r") { ["N"] = 2 }, added.Headers.ETag!.Value, TableUpdateMode.Replace, Stop);
        table.UpsertEntity(new TableEntity("p", "r") { ["M"] = 3 }, TableUpdateMode.Merge, Stop);
        var read = table.GetEntity<TableEntity>("p", "r", cancellationToken: Stop).Value;
        var queried = table.Query<TableEntity>("N eq 2", cancellationToken: Stop).ToList();
        table.SubmitTransaction([new(TableTransactionActionType.Delete, read)], Stop);

        (read.GetInt32("N"), read.GetInt32("M")).ShouldBe((2, 3));
        queried.ShouldHaveSingleItem();
        table.GetEntityIfExists<TableEntity>("p", "r", cancellationToken: Stop).HasValue.ShouldBeFalse();
        Should.Throw<RequestFailedException>(() => table.GetEntity<TableEntity>("p", "r", cancellationToken: Stop)).Status.ShouldBe(404);
    }
}
