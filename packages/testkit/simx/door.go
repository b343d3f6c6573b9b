package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

// changes is the body of POST /x/update:
//
//	<changes xmlns:xsi="…"><update><obj type="HostSystem">host-25</obj>
//	  <change><name>runtime.inMaintenanceMode</name><op>assign</op><val xsi:type="xsd:boolean">true</val></change>
//	</update></changes>
type changes struct {
	Update []struct {
		Obj    types.ManagedObjectReference `xml:"obj"`
		Change []types.PropertyChange       `xml:"change"`
	} `xml:"update"`
}

// serveDoor registers the operator's own requests.
func serveDoor(service *simulator.Service, open func() (string, error)) {
	service.HandleFunc("/x/open", func(w http.ResponseWriter, r *http.Request) {
		url, err := open()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_ = json.NewEncoder(w).Encode(listening{URL: url})
	})
	service.HandleFunc("/x/update", update)
	service.HandleFunc("/x/number", number)
}

func update(w http.ResponseWriter, r *http.Request) {
	var body changes
	decoder := xml.NewDecoder(r.Body)
	decoder.TypeFunc = types.TypeFunc()
	if err := decoder.Decode(&body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for _, u := range body.Update {
		object := simulator.Map.Get(u.Obj)
		if object == nil {
			http.Error(w, fmt.Sprintf("no object %s", u.Obj), http.StatusNotFound)
			return
		}
		simulator.Map.WithLock(object, func() { simulator.Map.Update(object, u.Change) })
	}
}

// number uses numbers up until one of at least `at-least` is reached, and tells it: the next object gets the one
// after it.
func number(w http.ResponseWriter, r *http.Request) {
	wanted, _ := strconv.Atoi(r.URL.Query().Get("at-least"))
	for {
		placeholder := simulator.Map.Put(&mo.Task{}).Reference()
		simulator.Map.Remove(placeholder)
		got, err := strconv.Atoi(placeholder.Value[strings.LastIndexByte(placeholder.Value, '-')+1:])
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if got >= wanted {
			_ = json.NewEncoder(w).Encode(got)
			return
		}
	}
}
