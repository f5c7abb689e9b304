using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Net.Api;
using Net.Api.Daemons;
using Net.Daemon;
using Net.Daemon.Http;

namespace Net.Tests.Unit.Api.OpenApi;

/// <summary>Writes the OpenAPI description of the API from the routes of the daemon and what they say of themselves.</summary>
/// <remarks>Source: OpenAPI Specification 3.1.1.</remarks>
internal sealed partial class DocumentWriter
{
    // Any request may have these; a path that names a container, a network or a command may also find none.
    private static readonly int[] UsualRefusals = [400, 408, 413, 500];

    private readonly SchemaWriter _schemas = new();

    /// <summary>The routes of the daemon, but for what answers all other paths.</summary>
    public static IReadOnlyList<RouteEndpoint> Routes()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        WebApplication server = builder.Build();

        // No request is served, so the parts that handlers need are not there.
        var routes = new ApiRoutes
        {
            Controller = null!,
            Options = new DaemonOptions(),
            Usage = null!,
            Views = null!,
            Dns = null!,
            Resolvers = null!,
            Firewall = null!,
            Time = TimeProvider.System,
        };
        routes.Map(server);
        return [.. ((IEndpointRouteBuilder)server).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()];
    }

    /// <summary>The whole description, as the text of a file.</summary>
    public string Write()
    {
        var paths = new JsonObject();
        foreach (IGrouping<string, RouteEndpoint> path in Routes()
            .GroupBy(route => route.RoutePattern.RawText!)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(
            [
                .. path.SelectMany(route => MethodsOf(route).Select(method => (Method: method, Route: route)))
                    .OrderBy(pair => pair.Method, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(
                        pair.Method.ToLowerInvariant(), (JsonNode?)Operation(pair.Route, isHead: pair.Method == "HEAD"))),
            ]);
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "netctl",
                ["version"] = ApiPaths.ApiVersion,
                ["description"] =
                    "The API of the netctl daemon, HTTP/1.1 over a Unix socket. Paths outside of /netctl are those of Docker Engine's API. "
                    + $"Each path may have the prefix /v1.NN, from {ApiPaths.MinimumApiVersion} to {ApiPaths.ApiVersion}. An id in a path "
                    + "is a name, an id or the beginning of an id that no other has. A request's body may be 1 MiB long, and is complete "
                    + "within 30 s. The version is that of Docker's API.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject
            {
                ["url"] = "/",
                ["description"] = $"The Unix socket {ApiPaths.DefaultSocket}.",
            }),
            ["paths"] = paths,
        };
        document["components"] = new JsonObject { ["schemas"] = _schemas.Components() };
        return document.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;

    private JsonObject Operation(RouteEndpoint route, bool isHead)
    {
        OperationForm form = route.Metadata.GetMetadata<OperationForm>()
            ?? throw new InvalidOperationException($"{route.DisplayName} has no description");
        var operation = new JsonObject
        {
            ["operationId"] = isHead ? $"{form.Name}Head" : form.Name,
            ["summary"] = form.Summary,
        };
        string[] names = [.. PathNames().Matches(route.RoutePattern.RawText!).Select(match => match.Groups[1].Value)];
        JsonNode[] parameters =
        [
            .. names.Select(name => Parameter(name, "path", "A name, an id, or the beginning of an id that no other has.")),
            .. route.Metadata.GetOrderedMetadata<QueryForm>().Select(query => Parameter(query.Name, "query", query.Description)),
        ];
        if (parameters.Length > 0)
        {
            operation["parameters"] = new JsonArray(parameters);
        }

        if (route.Metadata.GetMetadata<BodyForm>() is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["content"] = Content(body.MediaType, body.Document is { } document ? _schemas.Of(document) : null),
            };
        }

        IEnumerable<int> refusals = route.Metadata.GetOrderedMetadata<RefusalForm>().SelectMany(refusal => refusal.Statuses)
            .Concat(UsualRefusals)
            .Concat(names.Length > 0 ? [404] : []);
        operation["responses"] = new JsonObject(
        [
            .. route.Metadata.GetOrderedMetadata<AnswerForm>().GroupBy(answer => answer.Status)
                .Select(answers => (Status: answers.Key, Answer: Answer([.. answers], isHead)))
                .Concat(refusals.Distinct().Select(status => (
                    Status: status, Answer: Answer([new AnswerForm(status, "application/json", typeof(ErrorResponse))], isHead))))
                .OrderBy(answer => answer.Status)
                .Select(answer => KeyValuePair.Create($"{answer.Status}", (JsonNode?)answer.Answer)),
        ]);
        return operation;
    }

    private JsonObject Answer(AnswerForm[] answers, bool isHead)
    {
        var answer = new JsonObject { ["description"] = ReasonPhrases.GetReasonPhrase(answers[0].Status) };
        AnswerForm[] bodies = [.. answers.Where(a => a.MediaType is not null)];
        if (bodies.Length > 0 && !isHead)
        {
            string empty = bodies.Length < answers.Length ? "; the answer is empty unless dryRun=1 asks for the commands" : "";
            answer["description"] = $"{answer["description"]}{empty}";
            answer["content"] = new JsonObject(
            [
                .. bodies.GroupBy(body => body.MediaType!).Select(same => KeyValuePair.Create(same.Key, (JsonNode?)Media([.. same]))),
            ]);
        }

        return answer;
    }

    private JsonObject Media(AnswerForm[] bodies)
    {
        JsonNode[] schemas = [.. bodies.Where(body => body.Document is not null).Select(body => _schemas.Of(body.Document!))];
        return schemas switch
        {
            [] => [],
            [var only] => new JsonObject { ["schema"] = only },
            _ => new JsonObject { ["schema"] = new JsonObject { ["anyOf"] = new JsonArray(schemas) } },
        };
    }

    private static JsonObject Content(string mediaType, JsonNode? schema) =>
        new() { [mediaType] = schema is null ? new JsonObject() : new JsonObject { ["schema"] = schema } };

    private static JsonObject Parameter(string name, string place, string description)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path")
        {
            parameter["required"] = true;
        }

        parameter["description"] = description;
        parameter["schema"] = new JsonObject { ["type"] = "string" };
        return parameter;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathNames();
}
