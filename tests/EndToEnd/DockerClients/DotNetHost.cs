using System.Net;
using System.Text.Json;
using Docker.DotNet;

namespace Net.Tests.EndToEnd.DockerClients;

/// <summary>A throw-away host with a client of Docker.DotNet.</summary>
internal static class DotNetHost
{
    /// <summary>The longest time that a client waits for an answer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs a test on a host whose daemon runs.</summary>
    public static async Task RunAsync(Func<TestHost, DockerClient, Task> test)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using DockerClient client = new DockerClientBuilder().WithEndpoint(new Uri($"unix://{host.Socket}")).WithTimeout(Patience).Build();
        await test(host, client);
    }

    /// <summary>Demands that a request is refused with a status and with these words.</summary>
    public static async Task RefusedAsync(HttpStatusCode status, string words, Func<Task> request)
    {
        DockerApiException error = await Assert.ThrowsAnyAsync<DockerApiException>(request);
        Assert.Equal(status, error.StatusCode);
        Assert.Contains(
            words, JsonDocument.Parse(error.ResponseBody!).RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
