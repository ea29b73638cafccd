using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Shop.Functions.Catalogue.Stock;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Catalogue;

/// <summary>
/// <c>PUT /api/products/{sku}</c>: staff put a product on sale, change it or withdraw it. <c>If-None-Match: *</c> for a new
/// one; <c>If-Match</c> names what <c>GET /api/products/{sku}</c> said. Orders that were placed keep the name, price and tax of
/// their moment; others follow within a minute. An operator does it: who sends parcels or refunds money sets no prices.
/// </summary>
public sealed class WriteProduct(CatalogueStore catalogue, StockStore stock, IOptions<VatOptions> vat)
{
    private static readonly Problem WhichOne = Problem.PreconditionMissing with { Detail = "Or If-None-Match: * for a new product." };
    private static readonly Problem NoSku = Problem.Invalid(new Dictionary<string, string[]>
    {
        ["sku"] = [$"1 to {Product.LongestSku} letters, digits, dashes, dots and underscores, beginning with a letter or a digit; not \"{Product.DeliverySku}\"."],
    });

    [Function(nameof(WriteProduct))]
    [RequireRole(StaffRoles.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "products/{sku}")] HttpRequest request, string sku, CancellationToken cancellation)
    {
        var isNew = request.Headers.IfNoneMatch is ["*"];
        if (!isNew && request.Headers.IfMatch.Count == 0) return WhichOne;
        if (ETags.RefuseIfMatch(request, isNeeded: false) is { } unmet) return unmet;
        var (body, invalid) = await Body.ReadJsonAsync(request, ProductJson.Web.Type<Request>(), body => body.Validate(), cancellation);
        if (body is null) return invalid!;
        if (!Product.IsSku(sku)) return NoSku;

        var known = isNew ? null : await catalogue.FindAsync(sku, cancellation);
        if (!isNew && known is null) return Problem.NotFound;
        if (known is not null && !IsAsRead(known.ToProduct(), vat.Value, request.Headers.IfMatch)) return Problem.PreconditionFailed;
        var product = body.ToProduct(sku);
        if (product.IsCounted) product = product with { InStock = await stock.FindAsync(sku, cancellation) is { Available: > 0 } };
        return await catalogue.WriteAsync(product, known, cancellation)
            ? ProductView.Answer(product, vat.Value, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : Problem.PreconditionFailed;
    }

    /// <summary>Whether there is any is no part of what they change. One that cannot be sold has not been read by anybody.</summary>
    private static bool IsAsRead(Product? product, VatOptions vat, StringValues ifMatch) => product is null
        ? ETags.IsMatched("\"none\"", ifMatch)
        : new[] { true, false }.Any(inStock => ETags.IsMatched((product with { InStock = inStock }).Tag(vat), ifMatch));

    /// <param name="Description">In short; what is longer stands elsewhere, at <c>descriptionUrl</c>.</param>
    /// <param name="Pictures">Addresses that begin with <c>https://</c>, or paths of the storefront's own.</param>
    /// <param name="DescriptionUrl">An address as those of the pictures, where there is more to read about it; absent for nowhere.</param>
    /// <param name="WeightGrams">Of one, as it is packed.</param>
    /// <param name="Counted">Only as many are sold as there are: POST /api/stock/{sku}/adjustments says how many.</param>
    /// <param name="MostPerOrder">How many one order can have of it; absent for any number. Orders that were placed keep what they have.</param>
    /// <param name="Withdrawn">It can no longer be ordered; whoever has ordered it still gets it.</param>
    public sealed record Request(
        string Name,
        string Category,
        string Description,
        Money UnitNet,
        VatClass VatClass,
        int WeightGrams,
        ImmutableArray<string>? Pictures = null,
        bool Withdrawn = false,
        bool Counted = false,
        int? MostPerOrder = null,
        string? DescriptionUrl = null)
    {
        private const int MostPictures = 10;
        private const int LongestAddress = 500;
        private const long MostNet = 999_999_999;
        private const int MostGrams = 10_000_000;
        private static readonly string AnAddress = $"An address that begins with https://, or a path of the storefront's own (/pictures/…), of at most {LongestAddress} characters.";

        public Problem? Validate()
        {
            var validation = new Validation();
            validation.Text(Name, "name", 120);
            validation.Text(Category, "category", 50);
            validation.Lines(Description, "description", 8_000);
            validation.Require(UnitNet.Amount is >= 1 and <= MostNet, "unitNet.amount", $"Between 1 and {MostNet} minor units.");
            validation.Require(UnitNet.Currency is not null && Currencies.IsKnown(UnitNet.Currency), "unitNet.currency", "A currency that this shop can count in is needed here.");
            validation.Require(WeightGrams is >= 1 and <= MostGrams, "weightGrams", $"Between 1 and {MostGrams}.");
            validation.Require(MostPerOrder is null or (>= 1 and <= Product.MostOfOne), "mostPerOrder", $"Between 1 and {Product.MostOfOne}, or left out.");
            validation.Require(DescriptionUrl is null || IsAddress(DescriptionUrl), "descriptionUrl", $"{AnAddress} Or left out.");
            if (Pictures is not { } pictures) return validation.Problem;
            validation.Require(pictures.Length <= MostPictures, "pictures", $"At most {MostPictures}.");
            foreach (var (index, picture) in pictures.Take(MostPictures).Index())
                validation.Require(IsAddress(picture), $"pictures[{index}]", AnAddress);
            return validation.Problem;
        }

        public Product ToProduct(string sku) =>
            new(sku, Name.Trim(), Category.Trim(), Description, UnitNet.Amount, UnitNet.Currency, VatClass, WeightGrams, Withdrawn, Counted)
            {
                Pictures = Pictures ?? [],
                DescriptionUrl = DescriptionUrl,
                MostPerOrder = MostPerOrder,
            };

        /// <summary>It stands in other people's pages: nothing but the address of something on the web, or a path there.</summary>
        private static bool IsAddress(string? text) =>
            text is { Length: <= LongestAddress } && text.All(c => c is > ' ' and < '\x7f' and not ('"' or '<' or '>' or '\\'))
            && (IsPath(text) || (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "https", UserInfo: "" }));

        /// <summary>Two slashes at the beginning are another site.</summary>
        private static bool IsPath(string text) => text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal);
    }
}
