using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Net.Tests.TestPlugin;

// Plug-ins as other people write them, for tests: each a network driver whose networks are bridges of its own, and an IPAM driver.
//   ADDRESS FOLDER [CERTIFICATE KEY]
//   ADDRESS FOLDER ADDRESS FOLDER ...
// ADDRESS is unix:/PATH or tcp:PORT. FOLDER holds what it knows, over its own restarts (state.json), what it was asked (calls), and how it
// is to misbehave (faults: lines of "METHOD FAULT").
string[] tls = args is [_, _, var third, _] && !IsAddress(third) ? args[2..] : [];
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    foreach (string[] plugin in args.Chunk(2).Where(pair => IsAddress(pair[0])))
    {
        var folder = new PluginFolder(plugin[1]);
        if (plugin[0].StartsWith("unix:", StringComparison.Ordinal))
        {
            File.Delete(plugin[0][5..]);
            kestrel.ListenUnixSocket(plugin[0][5..], listen => Serve(listen, folder, tls));
        }
        else
        {
            kestrel.ListenLocalhost(int.Parse(plugin[0][4..]), listen => Serve(listen, folder, tls));
        }
    }
});
WebApplication application = builder.Build();
application.MapPost(
    "/{method}", (string method, HttpContext context) => new PluginRequest(FolderOf(context), method, context).AnswerAsync());
await application.RunAsync();

static bool IsAddress(string word) =>
    word.StartsWith("unix:", StringComparison.Ordinal) || word.StartsWith("tcp:", StringComparison.Ordinal);

static PluginFolder FolderOf(HttpContext context) =>
    (PluginFolder)context.Features.Get<IConnectionItemsFeature>()!.Items[typeof(PluginFolder)]!;

// A connection is to the plug-in whose address it came to.
static void Serve(ListenOptions listen, PluginFolder folder, string[] tls)
{
    if (tls is [var certificate, var key])
    {
        // A key from a PEM file alone is not taken by every platform's TLS.
        using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(certificate, key);
        listen.UseHttps(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
    }

    listen.Use(next => connection =>
    {
        connection.Items[typeof(PluginFolder)] = folder;
        return next(connection);
    });
}
