using System.Security.Claims;
using Microsoft.Identity.Web;

namespace Shop.Packages.Tests.Identity;

public sealed class Claims
{
    [Theory]
    [InlineData(ClaimConstants.Oid)]
    [InlineData(ClaimConstants.ObjectId)]
    public void The_object_id_is_found_under_either_name(string type) => With((type, "ada")).GetObjectId().ShouldBe("ada");

    [Theory]
    [InlineData(ClaimConstants.Tid)]
    [InlineData(ClaimConstants.TenantId)]
    public void The_tenant_id_is_found_under_either_name(string type) => With((type, "contoso")).GetTenantId().ShouldBe("contoso");

    [Fact]
    public void The_display_name_is_what_one_signs_in_with_before_any_other_name()
    {
        With((ClaimConstants.Name, "Ada"), (ClaimConstants.PreferredUserName, "a@example.com")).GetDisplayName().ShouldBe("a@example.com");
        With((ClaimConstants.Name, "Ada"), (ClaimsIdentity.DefaultNameClaimType, "Lovelace")).GetDisplayName().ShouldBe("Lovelace");
        With((ClaimConstants.Name, "Ada")).GetDisplayName().ShouldBe("Ada");
        With((ClaimConstants.PreferredUserName, "ada@example.com")).GetLoginHint().ShouldBe("ada@example.com");
    }

    [Fact]
    public void A_guest_has_a_home()
    {
        var guest = With((ClaimConstants.UniqueObjectIdentifier, "ada"), (ClaimConstants.UniqueTenantIdentifier, "home"));

        guest.GetHomeObjectId().ShouldBe("ada");
        guest.GetHomeTenantId().ShouldBe("home");
        guest.GetMsalAccountId().ShouldBe("ada.home");
        With((ClaimConstants.UniqueObjectIdentifier, "ada")).GetMsalAccountId().ShouldBeNull();
    }

    [Fact]
    public void A_personal_account_is_told_from_an_organizations()
    {
        With((ClaimConstants.Tid, "9188040D-6c67-4c5b-b112-36a304b66dad")).GetDomainHint().ShouldBe("consumers");
        With((ClaimConstants.Tid, "contoso")).GetDomainHint().ShouldBe("organizations");
        With().GetDomainHint().ShouldBeNull();
    }

    [Fact]
    public void An_absent_or_empty_claim_reads_as_null()
    {
        With().GetObjectId().ShouldBeNull();
        With((ClaimConstants.Oid, "")).GetObjectId().ShouldBeNull();
        With((ClaimConstants.Oid, ""), (ClaimConstants.ObjectId, "ada")).GetObjectId().ShouldBe("ada");
        With((ClaimConstants.Tfp, "flow")).GetUserFlowId().ShouldBe("flow");
        With((ClaimConstants.NameIdentifierId, "sub")).GetNameIdentifierId().ShouldBe("sub");
    }

    [Fact]
    public void Nobody_has_no_claims_to_read() => Should.Throw<ArgumentNullException>(() => ((ClaimsPrincipal)null!).GetObjectId());

    private static ClaimsPrincipal With(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value))));
}
