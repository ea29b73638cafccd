using System.Collections.Immutable;
using System.Reflection;
using Shop.Functions.Platform;

namespace Shop.Functions.Privacy.Policy;

/// <summary>The register of processors: what the app's outgoing clients state, and what the website's others do (policy, 1.5).</summary>
public static class Processors
{
    /// <summary>Where each publishes its own policy, as the shop's policy has it.</summary>
    private static readonly Dictionary<string, string> Policies = new()
    {
        ["Cartevo"] = "https://www.cartevo.com/privacy-policy",
        ["Disqus"] = "https://help.disqus.com/terms-and-policies/disqus-privacy-policy",
        ["Google"] = "https://policies.google.com/privacy",
        ["Microsoft"] = "https://privacy.microsoft.com/privacystatement",
        ["PayPal"] = "https://www.paypal.com/en/webapps/mpp/ua/privacy-full",
        ["QuoteValet"] = "https://www.quotewerks.com/termsofuse.asp",
        ["Rackspace"] = "https://www.rackspace.com/information/legal/privacystatement",
        ["Stripe"] = "https://stripe.com/gb/privacy",
        ["Vertical Response"] = "https://ibuilder5.verticalresponse.com/privacy.html",
    };

    private static readonly ImmutableArray<(string Processor, Disclosure Disclosure)> Website =
    [
        ("Cartevo", new("to provide the website and its enquiry forms", [DataClass.Identity, DataClass.Contact], DisclosureSource.Website)),
        ("Disqus", new("to show comments on the blog", [DataClass.Identity], DisclosureSource.Website)),
        ("Google", new("to measure visits to the website", [DataClass.Operational], DisclosureSource.Website)),
        ("QuoteValet", new("to show quotations that were asked for", [DataClass.Identity, DataClass.Contact], DisclosureSource.Website)),
        ("Rackspace", new("to host the website and its enquiry forms", [DataClass.Identity, DataClass.Contact], DisclosureSource.Website)),
    ];

    /// <summary>Of this app and its website, by name.</summary>
    public static ImmutableArray<Processor> OfShop { get; } = Of(typeof(Processors).Assembly.GetTypes());

    public static ImmutableArray<Processor> Of(IEnumerable<Type> types)
    {
        var stated = from type in types
                     from discloses in type.GetCustomAttributes<DisclosesAttribute>()
                     select (discloses.Processor, new Disclosure(discloses.Purpose, [.. discloses.DataClasses.Order()], DisclosureSource.Shop));
        return
        [
            .. stated.Concat(Website)
                .GroupBy(one => one.Processor, one => one.Item2)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Processor(
                    group.Key, Policies.GetValueOrDefault(group.Key), [.. group.OrderBy(disclosure => disclosure.Purpose, StringComparer.Ordinal)])),
        ];
    }
}
