using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Net.Tests.TestPlugin;

// A plug-in as other people write them, for tests: a network driver whose networks are bridges of its own, and an IPAM driver.
//   ADDRESS FOLDER [CERTIFICATE KEY]
// ADDRESS is unix:/PATH or tcp:PORT. FOLDER holds what it knows, over its own restarts (state.json), what it was asked (calls), and how it
// is to misbehave (faults: lines of "METHOD FAULT").
string address = args[0];
var folder = new PluginFolder(args[1]);
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    if (address.StartsWith("unix:", StringComparison.Ordinal))
    {
        File.Delete(address[5..]);
        kestrel.ListenUnixSocket(address[5..]);
    }
    else
    {
        kestrel.ListenLocalhost(int.Parse(address[4..]), listen => Secure(listen, args));
    }
});
WebApplication application = builder.Build();
application.MapPost("/{method}", (string method, HttpContext context) => new PluginRequest(folder, method, context).AnswerAsync());
await application.RunAsync();

static void Secure(ListenOptions listen, string[] args)
{
    if (args is [_, _, var certificate, var key])
    {
        // A key from a PEM file alone is not taken by every platform's TLS.
        using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(certificate, key);
        listen.UseHttps(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
    }
}
