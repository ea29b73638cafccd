namespace Shop.Local.Tests.Commands;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ShopPorts _ports = ShopPorts.Free();

    [Fact]
    public async Task The_demo_ends_with_an_order_that_has_arrived_and_its_timeline()
    {
        var (exitCode, output, errors) = await Demo();

        exitCode.ShouldBe(0, string.Join('\n', [.. output, .. errors]));
        errors.ShouldBeEmpty();
        var timeline = output.Where(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^ +\d\d:\d\d:\d\d ")).Select(line => line.Trim().Split("  ")[1]).ToList();
        timeline[0].ShouldBe("placed");
        timeline.ShouldContain("paid");
        output.ShouldContain("The order is paid.");
        output.Count(line => line.StartsWith("   We have your order ", StringComparison.Ordinal) || line.StartsWith("   We have received your payment for order ", StringComparison.Ordinal)).ShouldBe(2 + 2);
        output.Count(line => line.StartsWith("   A parcel of order ", StringComparison.Ordinal)).ShouldBe(4, "each has left, and each has arrived");
        output.Count(line => line.StartsWith("   We have refunded £10.00 for order ", StringComparison.Ordinal)).ShouldBe(2, "among the first mails, and among all of them");
        output[^1].ShouldBe("The order has arrived.");
        NothingIsLeft();
    }

    [Fact]
    public async Task The_demo_of_PayPal_takes_what_the_buyer_approved_and_sends_them_back_to_the_storefront_of_the_settings()
    {
        var (exitCode, output, errors) = await Run(["demo", "paypal"], ("Storefront__Origins__0", "https://shop.example"));

        exitCode.ShouldBe(0, string.Join('\n', [.. output, .. errors]));
        output.ShouldContain(line => line.Contains("back to https://shop.example/", StringComparison.Ordinal));
        output.ShouldContain(line => line.Contains("/payments/confirm → 200", StringComparison.Ordinal));
        output.ShouldContain("The order is paid.");
        output[^1].ShouldBe("The order has arrived.");
    }

    [Fact]
    public async Task The_demo_of_privacy_ends_with_nothing_but_what_tax_law_wants()
    {
        var data = Path.Combine(_folder.Path, "data");
        var (exitCode, output, errors) = await Run(["demo", "privacy", "--data", data]);
        exitCode.ShouldBe(0, string.Join('\n', [.. output, .. errors]));

        // Also where it has run before.
        (exitCode, output, errors) = await Run(["demo", "privacy", "--data", data]);

        exitCode.ShouldBe(0, string.Join('\n', [.. output, .. errors]));
        errors.ShouldBeEmpty();
        output.ShouldContain(line => line.Contains("the chain is whole", StringComparison.Ordinal));
        output.ShouldContain(line => line.Contains("VAT Act 1994", StringComparison.Ordinal));
        output.ShouldContain(line => line.Contains("69.0 hours left", StringComparison.Ordinal));
        output.ShouldContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, "has been searched for Ada: [1-9][0-9]* rows, [0-9]+ messages, [1-9][0-9]* files, and nothing is found"));
        output[^1].ShouldStartWith("Nothing of Ada is left");
        NothingIsLeft();
    }

    [Fact]
    public async Task A_step_that_fails_is_named_and_is_the_exit_code()
    {
        var (exitCode, output, errors) = await Demo(("AzureWebJobs.StartPayment.Disabled", "true"));

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldMatch("^NOT as it should be: POST /api/orders/.*/payments answered 404, not 200");
        output.ShouldNotContain("The order is paid.");
        NothingIsLeft();
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_told_in_one_line()
    {
        const string Nobody = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;"
            + "BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a;";
        var (exitCode, _, errors) = await Demo(("AzureWebJobsStorage", Nobody));

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldStartWith("Storage does not answer");
        errors[0].ShouldContain("AzureWebJobsStorage");
    }

    [Fact]
    public async Task Settings_for_Stripe_itself_are_refused()
    {
        var (exitCode, _, errors) = await Demo(("Stripe__ApiBase", null));

        exitCode.ShouldBe(1);
        errors.ShouldHaveSingleItem().ShouldContain("sandbox");
        NothingIsLeft();
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string[] Output, string[] Errors)> Demo(params (string Name, string? Value)[] settings) => Run(["demo"], settings);

    private Task<(int ExitCode, string[] Output, string[] Errors)> Run(string[] command, params (string Name, string? Value)[] settings) =>
        ShopProcess.RunAsync([.. command, "--port-base", _ports.Option, "--settings", SampleSettings.With(_folder, settings)]);

    private void NothingIsLeft()
    {
        _ports.Emulators.ShouldBeEmpty();
        _ports.AreFree.ShouldBeTrue();
    }
}
