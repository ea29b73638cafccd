using Shop.Functions.Accounts;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Tests.Accounts;

/// <summary>The steps of a consent by themselves: what a link may confirm, what is the same again, and how often a mailbox is asked.</summary>
public sealed class ConsentRecordTests
{
    [Fact]
    public void A_link_is_good_for_the_mailbox_it_was_sent_to_and_for_an_age_that_it_knew_of()
    {
        var account = new AccountEntity { PartitionKey = "ada", Email = "ada@example.com" };
        var step = new ConsentEntity { PartitionKey = "ada", RowKey = "consent-marketing-1", Purpose = GiveConsent.Marketing, Given = true, Wording = "2026-1", Email = "ada@example.com" };
        var link = ConsentLink.To(step);
        new ConsentRecord(account, [step]).Asked(link).ShouldBe(step);
        new ConsentRecord(account, [step]).Asked(link with { Parent = "byron@example.com" }).ShouldBeNull();
        new ConsentRecord(new() { PartitionKey = "ada", Email = "other@example.com" }, [step]).Asked(link).ShouldBeNull();
        var age = new ConsentEntity { RowKey = "consent-age-2", Purpose = ConsentEntity.Age, Under16 = true, At = step.At.AddDays(1) };
        new ConsentRecord(account, [age, step]).Asked(link).ShouldBeNull("a parent must agree");
        step.ConfirmedAt = age.At;
        new ConsentRecord(account, [step]).HasAgreed(GiveConsent.Marketing).ShouldBeTrue();
        new ConsentRecord(account, [age, step]).HasAgreed(GiveConsent.Marketing).ShouldBeFalse();
        new ConsentRecord(new() { PartitionKey = "ada", Email = "other@example.com" }, [step]).HasAgreed(GiveConsent.Marketing).ShouldBeFalse("nobody has answered at that mailbox");
    }

    [Fact]
    public void The_same_for_another_mailbox_is_another_step_and_for_none_it_is_refused()
    {
        var account = new AccountEntity { PartitionKey = "ada", Email = "ada@example.com" };
        var own = new GiveConsent.Request(GiveConsent.Marketing, true, "2026-1", false);
        var step = new ConsentRecord(account, []).Add(own, DateTimeOffset.UnixEpoch);
        new ConsentRecord(account, [step]).Same(own).ShouldBe(step);
        account.Email = "other@example.com";
        new ConsentRecord(account, [step]).Same(own).ShouldBeNull();
        account.Email = "ada@localhost";
        new ConsentRecord(account, []).Refuse(own, null)!.Type.ShouldContain("email-not-usable");
        new ConsentRecord(account, []).Refuse(own with { Under16 = true, Parent = new("Lady Byron", "byron@example.com") }, null)!.Type.ShouldContain("email-not-usable");
    }

    [Fact]
    public void An_account_asks_so_often_a_day_whomever_it_names_and_is_told_when_it_may_again()
    {
        var (record, now) = (new ConsentRecord(new() { PartitionKey = "ada", Email = "ada@example.com" }, []), DateTimeOffset.UnixEpoch);
        for (var i = 0; i < ConsentRecord.MaxQuestions; i++)
        {
            var step = i == 1 ? record.Steps[0] : record.Add(new(GiveConsent.Marketing, true, "2026-1", true, new("Lady Byron", $"stranger{i}@example.com")), now);
            record.Ask(step, now).ShouldBeNull();
            if (i != 1) record = record with { Steps = record.Steps.Add(step) };
            now += TimeSpan.FromHours(1);
        }

        var last = record.Steps[^1];
        var refused = record.Ask(last, now).ShouldNotBeNull();
        // The first was asked about twice, the last time an hour after the beginning.
        (refused.Status, refused.RetryAfter, last.Asked).ShouldBe((429, TimeSpan.FromHours(24 + 1 - ConsentRecord.MaxQuestions), 1));
        record.Ask(last, now + refused.RetryAfter!.Value).ShouldBeNull();
        last.Asked.ShouldBe(2);
    }

    [Fact]
    public void A_message_about_a_consent_carries_no_address_and_is_on_the_map()
    {
        typeof(ConsentRequest).GetProperties().Select(property => property.Name).ShouldBe(["AccountId", "Step"], ignoreOrder: true);
        DataMap.OfShop.Find(StorageNames.Emails, "message")!.Properties.ShouldContain(property => property.Class == DataClass.Identity);
    }
}
