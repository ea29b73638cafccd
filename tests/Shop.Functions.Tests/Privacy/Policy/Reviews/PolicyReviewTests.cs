using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Shop.Functions.Messages;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;
using Shop.Functions.Privacy.Policy.Reviews;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Privacy.Breaches;
using Shop.Local.Mail;

namespace Shop.Functions.Tests.Privacy.Policy.Reviews;

/// <summary>The policy is reviewed once a year, and somebody is told when it is time.</summary>
public sealed class PolicyReviewTests(StorageEmulator emulator)
{
    [Theory]
    [InlineData("2027-10-29", null, false)]
    [InlineData("2027-10-30", null, true)]
    [InlineData("2027-11-10", "2027-10-30", false)]
    [InlineData("2027-11-29", "2027-10-30", true)]
    [InlineData("2027-12-10", "2027-11-29", false)]
    [InlineData("2027-12-29", "2027-11-29", true)]
    [InlineData("2028-10-30", "2027-11-29", true)]
    public void The_officer_is_told_thirty_days_before_when_it_is_due_and_every_thirty_days_after(string now, string? mailed, bool isTold) =>
        PolicyReviewClock.IsToBeTold(Day("2027-11-29"), mailed is null ? null : Day(mailed), Day(now)).ShouldBe(isTold);

    [Fact]
    public void A_year_counts_from_the_last_review_or_else_from_the_policys_own_date()
    {
        PolicyReviewClock.DueAt(new(Day("2028-02-29"), "1.1", "v", PolicyReviewOutcome.Unchanged)).ShouldBe(Day("2029-02-28"));
        PolicyReviewClock.DueAt(null).ShouldBe(new DateTimeOffset(PolicyEdition.All[0].Date, TimeOnly.MinValue, TimeSpan.Zero).AddYears(1));
    }

    [Fact]
    public async Task A_mail_says_so_until_it_is_taken_and_a_review_puts_it_off_by_a_year()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        await WatchAsync(shop);
        shop.Mail.Mails.ShouldBeEmpty();

        shop.Clock.Advance(PolicyReviewClock.DueAt(null) - PolicyReviewClock.Notice - shop.Clock.GetUtcNow());
        shop.Mail.Fault = new(MailStep.Sender, "451 4.3.0 not now");
        await WatchAsync(shop);
        shop.Mail.Fault = null;
        await WatchAsync(shop);
        await WatchAsync(shop);
        var mail = shop.Mail.Mails.ShouldHaveSingleItem();
        mail.To.ShouldBe(["privacy@example.com"]);
        mail.Subject.ShouldStartWith("The privacy policy is to be reviewed by ");

        shop.Clock.Advance(PolicyReviewClock.Notice);
        await WatchAsync(shop);
        shop.Mail.Mails[^1].Subject.ShouldBe("The review of the privacy policy is overdue");

        var officer = shop.Officer();
        var now = shop.Clock.GetUtcNow();
        var recorded = await officer.PostAsJsonAsync("api/privacy/policy/reviews", new { outcome = "unchanged" }, TestContext.Current.CancellationToken);
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created);
        var listed = await officer.ReadAsync("api/privacy/policy/reviews");
        listed["nextDueAt"]!.GetValue<DateTimeOffset>().ShouldBe(now.AddYears(1));
        listed["items"]!.AsArray().ShouldHaveSingleItem()!["edition"]!.GetValue<string>().ShouldBe(PolicyEdition.All[0].Number);
        shop.Clock.Advance(TimeSpan.FromDays(40));
        await WatchAsync(shop);
        shop.Mail.Mails.Count.ShouldBe(2);
    }

    [Fact]
    public void The_mail_names_the_shops_day()
    {
        var dueAt = new DateTimeOffset(2027, 6, 30, 23, 30, 0, TimeSpan.Zero);
        PolicyReviewEmail.Of(dueAt, new RetentionPeriods().DayOf(dueAt), dueAt.AddDays(-30), "privacy@example.com").Subject.ShouldEndWith("by 1 July 2027");
    }

    private static async Task WatchAsync(RunningShop shop)
    {
        await shop.Host.InvokeAsync("WatchPolicyReview", null, TestContext.Current.CancellationToken);
        await shop.SettleAsync();
    }

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text + "T00:00:00Z", CultureInfo.InvariantCulture);
}
