using System.Runtime.Versioning;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Net.Daemon.Http;
using Net.Tests.Unit.Architecture;

namespace Net.Tests.Unit.Api.OpenApi;

/// <summary>docs/api/openapi.json is what the code says; with <c>UPDATE_GOLDEN=1</c> it is written.</summary>
[SupportedOSPlatform("linux")]
public sealed class OpenApiTests
{
    private static string DocumentPath => Path.Combine(Repository.Root, "docs", "api", "openapi.json");

    [Fact]
    public void The_description_is_what_the_code_says()
    {
        string text = new DocumentWriter().Write();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(DocumentPath)!);
            File.WriteAllText(DocumentPath, text);
        }

        Assert.True(File.ReadAllText(DocumentPath) == text, "docs/api/openapi.json is not what the code says; UPDATE_GOLDEN=1 writes it");
    }

    [Fact]
    public void Every_route_says_its_name_and_its_answers()
    {
        RouteEndpoint[] silent =
        [
            .. DocumentWriter.Routes().Where(route =>
                route.Metadata.GetMetadata<OperationForm>() is null || route.Metadata.GetMetadata<AnswerForm>() is null),
        ];
        Assert.Empty(silent.Select(route => route.DisplayName));
    }

    [Fact]
    public void The_description_is_one_of_OpenAPI()
    {
        ReadResult read = OpenApiDocument.Parse(File.ReadAllText(DocumentPath), "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.NotEmpty(read.Document!.Paths);
    }
}
