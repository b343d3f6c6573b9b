// simx serves govmomi's vCenter simulator to the tests. It adds what they need and the simulator lacks:
//
//   - a second, plain listener for the operator, always on loopback; with -hold clients see nothing at all until
//     POST /x/open, so that a restarted vCenter never shows a half built inventory
//   - POST /x/update: sets properties and reports them to every property collector, for what the simulator
//     never changes by itself (maintenance, guest addresses, private VLANs)
//   - POST /x/number?at-least=N: which number the next managed object gets, so that a rebuilt inventory has
//     the same references as before
//   - an idle limit for sessions, and a certificate authority of its own
//
// When it listens it prints one line of JSON. It exits when its standard input closes: no orphans.
package main

import (
	"encoding/json"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/vmware/govmomi/simulator"
)

type options struct {
	listen, username, password, tlsDir, tlsNames string
	hold                                         bool
}

// listening is the line on standard output, and the answer of /x/open.
type listening struct {
	URL      string `json:"url"`
	Operator string `json:"operator"`
	Pid      int    `json:"pid"`
}

func main() {
	model := simulator.VPX()
	opts := parse(model)
	check(model.Create())
	model.Service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword(opts.username, opts.password)}

	open := opener(opts, model.Service)
	serveDoor(model.Service, open)
	operator := model.Service.NewServer()
	at := listening{Operator: "http://" + operator.URL.Host, Pid: os.Getpid()}
	if !opts.hold {
		var err error
		at.URL, err = open()
		check(err)
	}
	check(json.NewEncoder(os.Stdout).Encode(at))

	waitForEnd()
	model.Remove()
}

func parse(model *simulator.Model) options {
	var opts options
	flag.StringVar(&opts.listen, "l", "127.0.0.1:0", "address for clients")
	flag.StringVar(&opts.username, "username", "user", "the only user who may log in")
	flag.StringVar(&opts.password, "password", "pass", "and the password")
	flag.BoolVar(&opts.hold, "hold", false, "let no client in before POST /x/open")
	flag.StringVar(&opts.tlsDir, "tls-dir", "", "serve clients over TLS; authority and certificate live in this folder")
	flag.StringVar(&opts.tlsNames, "tls-names", "127.0.0.1", "names in a new certificate, separated by commas")
	flag.DurationVar(&simulator.SessionIdleTimeout, "session-idle", 0, "end sessions that idle for longer")
	flag.IntVar(&model.Datacenter, "dc", model.Datacenter, "data centers")
	flag.IntVar(&model.Cluster, "cluster", model.Cluster, "clusters per data center")
	flag.IntVar(&model.ClusterHost, "host", model.ClusterHost, "hosts per cluster")
	flag.IntVar(&model.Host, "standalone-host", model.Host, "hosts outside clusters")
	flag.IntVar(&model.Machine, "vm", model.Machine, "virtual machines per resource pool")
	flag.IntVar(&model.Pool, "pool", model.Pool, "resource pools per cluster, besides its own")
	flag.IntVar(&model.Portgroup, "pg", model.Portgroup, "distributed port groups per data center")
	flag.IntVar(&model.Folder, "folder", model.Folder, "folders")
	flag.IntVar(&model.App, "app", model.App, "vApps per cluster")
	flag.BoolVar(&model.Autostart, "autostart", model.Autostart, "power the virtual machines on")
	flag.Parse()
	return opts
}

// opener returns the function that lets clients in; calling it again changes nothing. Clients see no /x/.
func opener(opts options, service *simulator.Service) func() (string, error) {
	var once sync.Once
	var address string
	var err error
	clients := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/x/") {
			http.NotFound(w, r)
			return
		}
		service.ServeMux.ServeHTTP(w, r)
	})
	return func() (string, error) {
		once.Do(func() {
			var listener net.Listener
			if listener, err = net.Listen("tcp", opts.listen); err != nil {
				return
			}
			if opts.tlsDir == "" {
				address = "http://" + listener.Addr().String() + "/sdk"
				go func() { check(http.Serve(listener, clients)) }()
				return
			}
			var certificate, key string
			if certificate, key, err = certificateIn(opts.tlsDir, strings.Split(opts.tlsNames, ",")); err != nil {
				return
			}
			address = "https://" + listener.Addr().String() + "/sdk"
			go func() { check(http.ServeTLS(listener, clients, certificate, key)) }()
		})
		return address, err
	}
}

// waitForEnd returns when the parent closes our standard input (by dying, too) or asks us to stop.
func waitForEnd() {
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		end <- syscall.SIGTERM
	}()
	<-end
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
