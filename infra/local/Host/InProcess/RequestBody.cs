using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Host.InProcess;

/// <summary>Reads a <c>[FromBody]</c> parameter with MVC's model binder, as the worker's ASP.NET Core integration does.</summary>
internal static class RequestBody
{
    public static ParameterBinder Binder(Type type)
    {
        BodyReader? reader = null;
        return async invocation =>
        {
            reader ??= BodyReader.Create(type, invocation.InstanceServices);
            return await reader.ReadAsync(invocation);
        };
    }

    private sealed class BodyReader(ModelMetadata metadata, IModelBinder binder)
    {
        public static BodyReader Create(Type type, IServiceProvider services)
        {
            var metadata = services.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(type);
            var binder = services.GetRequiredService<IModelBinderFactory>().CreateBinder(new ModelBinderFactoryContext
            {
                Metadata = metadata,
                BindingInfo = new BindingInfo
                {
                    BinderModelName = metadata.BinderModelName,
                    BindingSource = BindingSource.Body,
                    BinderType = metadata.BinderType,
                },
            });
            return new BodyReader(metadata, binder);
        }

        /// <exception cref="InvalidOperationException">The body is not what the type asks for; the worker answers 500 then.</exception>
        public async Task<object?> ReadAsync(Invocation invocation)
        {
            var binding = new DefaultModelBindingContext
            {
                ModelMetadata = metadata,
                ModelName = metadata.BinderModelName ?? "",
                BindingSource = BindingSource.Body,
                ModelState = new ModelStateDictionary(),
                ActionContext = new ActionContext { HttpContext = invocation.Http! },
            };
            await binder.BindModelAsync(binding);
            if (binding.Result.IsModelSet)
                return binding.Result.Model;
            if (binding.ModelState.IsValid)
                return null;
            var errors = binding.ModelState.Values.SelectMany(entry => entry.Errors)
                .Select(error => error.ErrorMessage is "" ? error.Exception?.Message : error.ErrorMessage);
            throw new InvalidOperationException(string.Join(' ', errors));
        }
    }
}
