using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Shop.Functions.Carriers;

namespace Shop.Functions.Tests.Carriers;

public sealed class CarrierOptionsTests
{
    private const string Secret = "carrier-secret-of-thirty-two-by";

    [Fact]
    public void Settings_are_read_by_the_carriers_code()
    {
        var options = Read(("dpd:Name", "DPD"), ("dpd:TrackingUrl", "https://track.example/parcels/{number}?x=1"), ("dpd:WebhookSecrets:0", Secret), ("dpd:WebhookSecrets:1", Secret + "2"));
        Complaints(options).ShouldBeEmpty();
        options["dpd"].IsSetUp.ShouldBeTrue();
        options.CodeOf("DPD").ShouldBe("dpd");
        options.CodeOf(" Dpd ").ShouldBe("dpd");
        options.CodeOf("UPS").ShouldBeNull();
        options.TrackingUrl("DPD", "15 5/01&x").ShouldBe("https://track.example/parcels/15%205%2F01%26x?x=1");
        options.TrackingUrl("DPD", null).ShouldBeNull();
        options.TrackingUrl("UPS", "1").ShouldBeNull();
        Complaints(Read()).ShouldBeEmpty("no carrier is needed");
    }

    [Theory]
    [InlineData("dpd:TrackingUrl", "http://track.example/{number}", "Carriers__dpd__TrackingUrl")]
    [InlineData("dpd:TrackingUrl", "https://track.example/", "Carriers__dpd__TrackingUrl")]
    [InlineData("dpd:TrackingUrl", "https://{number}.example/", "Carriers__dpd__TrackingUrl")]
    [InlineData("dpd:TrackingUrl", "https://track.example{number}", "Carriers__dpd__TrackingUrl")]
    [InlineData("dpd:TrackingUrl", "https://track.example/{number}/{number}", "Carriers__dpd__TrackingUrl")]
    [InlineData("dpd:TrackingUrl", "javascript:alert({number})", "Carriers__dpd__TrackingUrl")]
    [InlineData("dpd:WebhookSecrets:0", "short", "Carriers__dpd__WebhookSecrets__0")]
    [InlineData("dpd:WebhookSecrets:0", "with a blank in it, and long enough", "Carriers__dpd__WebhookSecrets__0")]
    [InlineData("D P D:Name", "DPD", "Carriers__D P D is")]
    [InlineData("d-p-d:Name", "DPD", "Carriers__d-p-d is")]
    public void A_setting_that_is_wrong_is_named(string name, string value, string named) =>
        Complaints(Read((name, value))).ShouldHaveSingleItem().ShouldStartWith(named);

    [Theory]
    [InlineData("DPD", "dpd ")]
    [InlineData("dpd", "Parcels")]
    [InlineData("Parcels", "dpdlocal")]
    public void What_stands_on_a_parcel_names_one_carrier_only(string local, string national) =>
        Complaints(Read(("dpdlocal:Name", local), ("dpd:Name", national))).ShouldHaveSingleItem().ShouldContain("is the name or the code of another carrier");

    [Fact]
    public void A_reference_that_leads_nowhere_is_no_secret()
    {
        var options = Read(("dpd:WebhookSecrets:0", "@Microsoft.KeyVault(SecretUri=https://v.example/secrets/x)"));
        Complaints(options).ShouldBeEmpty();
        options["dpd"].IsSetUp.ShouldBeFalse();
    }

    private static CarrierOptions Read(params (string Name, string Value)[] settings)
    {
        var options = new CarrierOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Carriers:{setting.Name}", (string?)setting.Value)))
            .Build().GetSection(CarrierOptions.Section).Bind(options);
        return options;
    }

    private static List<string> Complaints(CarrierOptions options)
    {
        var complaints = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), complaints, validateAllProperties: true);
        return [.. complaints.Select(complaint => complaint.ErrorMessage!)];
    }
}
